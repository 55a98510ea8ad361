"""Other strands than visits to detainees: record reviews and dog-welfare visits, and what each counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from icv.rules.days import Period, add_months
from icv.rules.figures.shares import percent
from icv.rules.visits import VisitKind

STRANDS = (VisitKind.RECORD_REVIEW, VisitKind.DOG_WELFARE)
TITLES = {VisitKind.RECORD_REVIEW: "Record review", VisitKind.DOG_WELFARE: "Dog-welfare visit"}
COUNTED = {VisitKind.RECORD_REVIEW: ("record", "records"), VisitKind.DOG_WELFARE: ("dog", "dogs")}
"""What a strand counts besides its visits: records read, dogs seen."""
LETTERS = {VisitKind.RECORD_REVIEW: "R", VisitKind.DOG_WELFARE: "D"}
"""What the reference of one ends in, before its number: 2026-W12-EUS-R1."""


@dataclass(frozen=True, slots=True)
class CheckShare:
    """Of all records read, or of all visits, how many had this in order, had not, and did not tell."""

    title: str
    yes: int
    no: int
    unsaid: int

    @property
    def asked(self) -> int:
        return self.yes + self.no + self.unsaid

    @property
    def share(self) -> str:
        """Of those in order, as tables show it."""
        in_order = percent(self.yes, self.asked)
        return "–" if in_order is None else f"{in_order:.1f}%"


def quarters_until(day: date, how_many: int) -> Iterator[Period]:
    """Calendar quarters, the day's own first."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    for back in range(how_many):
        starts_on = add_months(first, -3 * back)
        yield Period(starts_on, add_months(starts_on, 3) - timedelta(days=1))
