"""Calls for availability, as the coordinator makes and follows them."""

from icv.web.calls.views import bp

__all__ = ["bp"]
