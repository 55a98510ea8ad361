"""A volunteer's own record: what the scheme holds, their visits and hours."""

from icv.web.record.views import bp

__all__ = ["bp"]
