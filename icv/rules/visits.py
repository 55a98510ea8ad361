"""Visits: their outcomes, modes and duties, and the counts of a report that must add up."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.days import week_in_words


class Outcome(StrEnum):
    COMPLETED = "completed"
    ABANDONED = "abandoned"
    NO_ACCESS = "no_access"
    SUITE_CLOSED = "suite_closed"
    MISSED = "missed"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


ATTEMPTED = frozenset({Outcome.COMPLETED, Outcome.ABANDONED, Outcome.NO_ACCESS, Outcome.SUITE_CLOSED})
"""Outcomes of a visit at which somebody turned up."""


def visit_in_words(suite: str, week_starts_on: date, week_ends_on: date) -> str:
    """Euston Street, week of 9 March to 15 March 2026: as letters and lists say which visit."""
    return f"{suite}, week of {week_in_words(week_starts_on, week_ends_on)}"


class ReportState(StrEnum):
    """Where the report of a visit stands; `in` also when the coordinator recorded what became of it."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    IN = "in"


def report_state(
    outcome: Outcome | None, week_ends_on: date, *, today: date, report_due_days: int
) -> ReportState:
    """A report is due once the week has ended, and overdue after the days the scheme gives."""
    if outcome is not None:
        return ReportState.IN
    if week_ends_on >= today:
        return ReportState.COMING
    is_late = week_ends_on + timedelta(days=report_due_days) < today
    return ReportState.OVERDUE if is_late else ReportState.DUE


class Mode(StrEnum):
    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    VIDEO = "video"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class VisitKind(StrEnum):
    """Custody and terrorism visits are visits to detainees; the others are strands with own counters."""

    CUSTODY = "custody"
    TERRORISM = "terrorism"
    RECORD_REVIEW = "record_review"
    DOG_WELFARE = "dog_welfare"


TO_DETAINEES = frozenset({VisitKind.CUSTODY, VisitKind.TERRORISM})
"""The kinds that rotas, shares and coverage count."""


class SuiteKind(StrEnum):
    MAIN = "main"
    CONTINGENCY = "contingency"


class DutyState(StrEnum):
    """One visitor's place on a visit. Offered and accepted duties are held; the others are history."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RELEASED = "released"


HELD = frozenset({DutyState.OFFERED, DutyState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Counts:
    """People in custody on arrival, and what became of the offer of a visit."""

    in_custody: int
    offered: int
    accepted: int
    declined: int
    not_offered: int
    not_available: int
    observed_only: int

    @classmethod
    def of(cls, numbers: Sequence[int | None]) -> "Counts | None":
        """In the order of `COUNTS`. None where no number is known; a blank among others is 0."""
        return (
            None if all(number is None for number in numbers) else cls(*(number or 0 for number in numbers))
        )

    def faults(self) -> list[str]:
        """What does not reconcile, in words; empty when all does."""
        found = []
        if any(getattr(self, name) < 0 for name in COUNTS):
            return ["No count can be below zero."]
        parts = self.offered + self.not_offered + self.not_available + self.observed_only
        if parts != self.in_custody:
            found.append(
                f"{self.in_custody} in custody, but offered, not offered, not available and observed only"
                f" add up to {parts}."
            )
        if self.accepted + self.declined != self.offered:
            found.append(
                f"{self.offered} offered a visit, but accepted and declined add up to"
                f" {self.accepted + self.declined}."
            )
        return found


COUNTS = tuple(count.name for count in fields(Counts))
