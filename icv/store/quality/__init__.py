"""The quality binder: the scheme's own criteria, and what the data of a period say beside them."""

from icv.store.quality.binder import Binder, Entry, binder
from icv.store.quality.criteria import CriterionLine, criteria, criterion, was_removed
from icv.store.quality.evidence import period_evidence
from icv.store.quality.tables import Criterion

__all__ = [
    "Binder",
    "Criterion",
    "CriterionLine",
    "Entry",
    "binder",
    "criteria",
    "criterion",
    "period_evidence",
    "was_removed",
]
