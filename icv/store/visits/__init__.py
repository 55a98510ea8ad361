"""Visits, the duties of their two visitors, and the reports they file."""

from icv.store.visits.register import Span, VisitLine, register, register_counts
from icv.store.visits.tables import IS_TO_COME, Contact, Duty, Report, ReportSection, Visit

__all__ = [
    "IS_TO_COME",
    "Contact",
    "Duty",
    "Report",
    "ReportSection",
    "Span",
    "Visit",
    "VisitLine",
    "register",
    "register_counts",
]
