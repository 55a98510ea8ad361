"""What if: who may visit on a day, one person and the whole cohort, and the year ahead."""

from icv.web.cohort.views import bp

__all__ = ["bp"]
