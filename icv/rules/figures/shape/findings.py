"""Findings raised in the period."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from icv.rules.figures.shape.part import Part
from icv.rules.figures.shares import percent


@dataclass(frozen=True, slots=True)
class FindingFigures(Part):
    KEYS = (
        *("raised", "serious", "resolved_at_visit", "resolved_at_visit_percent"),
        *("awaiting_reply", "overdue", "by_category"),
    )

    serious: int = 0
    resolved_at_visit: int = 0
    awaiting_reply: int = 0
    overdue: int = 0
    by_category: Mapping[str, int] = field(default_factory=dict)

    @property
    def raised(self) -> int:
        return sum(self.by_category.values())

    @property
    def resolved_at_visit_percent(self) -> float | None:
        return percent(self.resolved_at_visit, self.raised)
