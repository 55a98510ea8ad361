"""Statistics: the page open to all, where the scheme publishes them, and the files behind it."""

from icv.web.statistics.views import bp

__all__ = ["bp"]
