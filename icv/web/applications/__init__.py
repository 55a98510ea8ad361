"""Applications as the coordinator reads and settles them, and the diversity of those who applied."""

from icv.web.applications.views import bp

__all__ = ["bp"]
