"""Visits, the duties of their two visitors, and the reports they file."""

from icv.store.visits.after import Addendum, Countersign, Submission, VisitCount
from icv.store.visits.register import Span, VisitLine, register, register_counts
from icv.store.visits.tables import IS_TO_COME, Contact, Duty, Report, ReportSection, Visit

__all__ = [
    "IS_TO_COME",
    "Addendum",
    "Contact",
    "Countersign",
    "Duty",
    "Report",
    "ReportSection",
    "Span",
    "Submission",
    "Visit",
    "VisitCount",
    "VisitLine",
    "register",
    "register_counts",
]
