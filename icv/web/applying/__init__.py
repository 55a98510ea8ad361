"""The public application: open to everybody while a round is, one thing a page."""

from icv.web.applying import about_you, sending, views
from icv.web.applying.blueprint import bp

__all__ = ["about_you", "bp", "sending", "views"]
