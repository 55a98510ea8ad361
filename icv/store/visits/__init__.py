"""Visits, the duties of their two visitors, and the reports they file."""

from icv.store.visits.register import Span, VisitLine, register, register_counts
from icv.store.visits.tables import Contact, Duty, Report, ReportSection, Visit

__all__ = [
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
