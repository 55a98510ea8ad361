"""Visits, the duties of their two visitors, and the reports they file."""

from icv.store.visits.after import Addendum, Countersign, Submission, VisitCount
from icv.store.visits.register import Span, VisitLine, register, register_counts
from icv.store.visits.strands import PLACE_OF_VISIT, StrandCheck, StrandCount
from icv.store.visits.tables import (
    IS_OF_NOTE,
    IS_TO_COME,
    IS_TO_DETAINEES,
    Contact,
    Duty,
    Report,
    ReportSection,
    Visit,
)

__all__ = [
    "IS_OF_NOTE",
    "IS_TO_COME",
    "IS_TO_DETAINEES",
    "PLACE_OF_VISIT",
    "Addendum",
    "Contact",
    "Countersign",
    "Duty",
    "Report",
    "ReportSection",
    "Span",
    "StrandCheck",
    "StrandCount",
    "Submission",
    "Visit",
    "VisitCount",
    "VisitLine",
    "register",
    "register_counts",
]
