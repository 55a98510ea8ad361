"""Findings as the coordinator works on them: lists, one finding's thread, and every act on it."""

from icv.web.findings import changing, entering, listing, moving, raising, showing
from icv.web.findings.blueprint import bp

__all__ = ["bp", "changing", "entering", "listing", "moving", "raising", "showing"]
