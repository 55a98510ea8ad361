"""Visits and suites, and the wait at the door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from icv.rules.figures.shape.part import Part
from icv.rules.figures.shares import percent
from icv.rules.timeslots import Slot
from icv.rules.visits import ATTEMPTED, Mode, Outcome


@dataclass(frozen=True, slots=True)
class VisitFigures(Part):
    """`scheduled` to `not_yet_due` count by the end of the week, the rest by the day of arrival."""

    KEYS = (
        *("scheduled", "completed", "completion_percent"),
        *("attempted", "undertaken", "abandoned", "no_access", "suite_closed", "extra"),
        *("missed", "overdue_report", "cancelled", "cancelled_late", "not_yet_due", "by_mode"),
    )

    scheduled: int = 0
    completed: int = 0
    missed: int = 0
    overdue_report: int = 0
    cancelled: int = 0
    cancelled_late: int = 0
    not_yet_due: int = 0
    undertaken: int = 0
    abandoned: int = 0
    no_access: int = 0
    suite_closed: int = 0
    extra: int = 0
    by_mode: Mapping[Mode, int] = field(default_factory=lambda: dict.fromkeys(Mode, 0))
    by_mode_and_outcome: Mapping[tuple[Mode, Outcome], int] = field(
        default_factory=lambda: dict.fromkeys(product(Mode, ATTEMPTED), 0)
    )
    """The attempted visits, each mode with every outcome of a visit at which somebody turned up."""

    @property
    def completion_percent(self) -> float | None:
        return percent(self.completed, self.scheduled)

    @property
    def attempted(self) -> int:
        return self.undertaken + self.abandoned + self.no_access + self.suite_closed


@dataclass(frozen=True, slots=True)
class SuiteFigures(Part):
    KEYS = (
        *("suite", "scheduled", "completed", "completion_percent"),
        *("timeslots_defined", "timeslots_covered", "timeslot_percent"),
    )

    suite: str
    scheduled: int = 0
    completed: int = 0
    timeslots_defined: int = 0
    arrivals: Mapping[Slot, int] = field(default_factory=dict)
    """Visits undertaken that arrived in each timeslot, those without any left out."""
    untimed: int = 0
    """Visits undertaken whose time of arrival is not known."""
    team: str | None = None
    was_open: bool = True
    """On any day of the period; a suite kept for contingencies is not open."""

    @property
    def timed(self) -> int:
        """Visits undertaken whose time of arrival is known."""
        return sum(self.arrivals.values())

    @property
    def undertaken(self) -> int:
        return self.timed + self.untimed

    @property
    def timeslots_covered(self) -> int:
        return len(self.arrivals)

    @property
    def completion_percent(self) -> float | None:
        return percent(self.completed, self.scheduled)

    @property
    def timeslot_percent(self) -> float | None:
        return percent(self.timeslots_covered, self.timeslots_defined)


@dataclass(frozen=True, slots=True)
class EntryFigures(Part):
    KEYS = ("visits_with_wait_over_10_minutes", "median_wait_minutes")

    visits_with_wait_over_10_minutes: int = 0
    median_wait_minutes: float | None = None
