"""A volunteer's own duties: the next one, those after it, those behind, and answers to them."""

from icv.web.duties.views import bp

__all__ = ["bp"]
