"""Findings as the coordinator follows them: the board, one finding's thread, and its moves."""

from icv.web.findings.views import bp

__all__ = ["bp"]
