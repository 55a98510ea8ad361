"""Visits as the coordinator follows them: whose report is in, due or overdue, and what became of each."""

from icv.web.visits import copies, paper, said
from icv.web.visits.views import bp

__all__ = ["bp", "copies", "paper", "said"]
