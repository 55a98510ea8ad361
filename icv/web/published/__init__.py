"""Findings beside their replies: the page open to all, where the scheme chose one, and publishing on it."""

from icv.web.published import office
from icv.web.published.views import bp

__all__ = ["bp", "office"]
