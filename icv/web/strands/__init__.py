"""Record reviews and dog-welfare visits: planned by the coordinator, and counted apart from visits."""

from icv.web.strands import planning
from icv.web.strands.views import bp

__all__ = ["bp", "planning"]
