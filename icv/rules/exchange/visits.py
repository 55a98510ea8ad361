"""Rows of visits: planned or extra, and what became of each."""

from dataclasses import dataclass
from datetime import date, datetime

from icv.rules.bounds import MOST_ANSWER, MOST_REFERENCE
from icv.rules.exchange import cells
from icv.rules.exchange.rows import Format, Rule, in_order
from icv.rules.visits import COUNTS, Counts, Mode, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """`visit` is the row's own reference; visitors by e-mail address. A week may be any span of days."""

    visit: str
    suite: str
    week_starts: date
    week_ends: date
    scheduled: bool
    visitor_1: str = ""
    visitor_2: str = ""
    mode: Mode = Mode.IN_PERSON
    outcome: Outcome | None = None
    cancelled_on: date | None = None
    reason: str = ""
    arrived_at: datetime | None = None
    admitted_at: datetime | None = None
    left_at: datetime | None = None
    in_custody: int | None = None
    offered: int | None = None
    accepted: int | None = None
    declined: int | None = None
    not_offered: int | None = None
    not_available: int | None = None
    observed_only: int | None = None

    @property
    def counts(self) -> Counts | None:
        return Counts.of([getattr(self, column) for column in COUNTS])

    @property
    def visitors(self) -> tuple[str, str]:
        return (self.visitor_1, self.visitor_2)


def _counts_unexplained(reason: str, *numbers: int | None) -> str | None:
    what = _counts_apart(reason or "-", *numbers)
    return None if reason or not what else f"{what} Correct the counts, or give a reason"


def _counts_apart(reason: str, *numbers: int | None) -> str | None:
    counts = Counts.of(numbers)
    return " ".join(counts.faults()) if reason and counts else None


def _two_people(one: str, other: str) -> str | None:
    return f"{other} is visitor_1 too" if one and one.casefold() == other.casefold() else None


def _cancelled_needs(column: str) -> Rule:
    def fault(outcome: Outcome | None, cell: date | str | None) -> str | None:
        return (
            "must not be blank: the visit is cancelled" if outcome is Outcome.CANCELLED and not cell else None
        )

    return Rule(column, ("outcome", column), fault)


def _not_cancelled(outcome: Outcome | None, cancelled_on: date | None) -> str | None:
    if cancelled_on and outcome is not Outcome.CANCELLED:
        return "is kept, but the outcome does not say cancelled: the visit counts as it does without"
    return None


VISITS = Format(
    kind="visits",
    row=VisitRow,
    readers={
        "visit": cells.at_most(MOST_REFERENCE),
        "suite": cells.name,
        "week_starts": cells.day,
        "week_ends": cells.day,
        "scheduled": cells.yes_no,
        "visitor_1": cells.email,
        "visitor_2": cells.email,
        "mode": cells.one_of(Mode),
        "outcome": cells.one_of(Outcome),
        "cancelled_on": cells.day,
        "reason": cells.at_most(MOST_ANSWER, cells.text),
        "arrived_at": cells.moment,
        "admitted_at": cells.moment,
        "left_at": cells.moment,
        **dict.fromkeys(COUNTS, cells.whole),
    },
    rules=(
        in_order("week_starts", "week_ends"),
        _cancelled_needs("cancelled_on"),
        _cancelled_needs("reason"),
        Rule("visitor_2", ("visitor_1", "visitor_2"), _two_people),
        in_order("arrived_at", "admitted_at"),
        in_order("admitted_at", "left_at"),
        in_order("arrived_at", "left_at"),
        Rule("in_custody", ("reason", *COUNTS), _counts_unexplained),
    ),
    doubts=(
        Rule("in_custody", ("reason", *COUNTS), _counts_apart),
        Rule("cancelled_on", ("outcome", "cancelled_on"), _not_cancelled),
    ),
    done=("cancelled_on", "arrived_at", "admitted_at", "left_at"),
)
