"""The shape of the figures: one class a part, holding what is counted and working out what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from operator import add
from typing import Any, ClassVar

from icv.rules.days import Period
from icv.rules.figures.shares import percent
from icv.rules.timeslots import Slot
from icv.rules.visits import ATTEMPTED, Mode, Outcome


@dataclass(frozen=True, slots=True)
class Part:
    """`KEYS` are the part's published names, in the order `icv stats --json` prints them."""

    KEYS: ClassVar[tuple[str, ...]] = ()

    def as_json(self) -> dict[str, Any]:
        return {key: _plain(getattr(self, key)) for key in self.KEYS}


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
class DetaineeFigures(Part):
    KEYS = (
        *("in_custody", "offered", "accepted", "declined", "not_offered", "not_available", "observed_only"),
        *("unreconciled", "offered_percent_of_in_custody", "accepted_percent_of_offered"),
    )

    in_custody: int = 0
    offered: int = 0
    accepted: int = 0
    declined: int = 0
    not_offered: int = 0
    not_available: int = 0
    observed_only: int = 0

    @property
    def unreconciled(self) -> int:
        """People in custody whom the records put in none of the four categories; below zero, too many."""
        return self.in_custody - self.offered - self.not_offered - self.not_available - self.observed_only

    @property
    def offered_percent_of_in_custody(self) -> float | None:
        return percent(self.offered, self.in_custody)

    @property
    def accepted_percent_of_offered(self) -> float | None:
        return percent(self.accepted, self.offered)


@dataclass(frozen=True, slots=True)
class EntryFigures(Part):
    KEYS = ("visits_with_wait_over_10_minutes", "median_wait_minutes")

    visits_with_wait_over_10_minutes: int = 0
    median_wait_minutes: float | None = None


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


@dataclass(frozen=True, slots=True)
class Membership(Part):
    """`joined` and `left` are counted from `appointed_on` and `left_on`, so that the balance always holds."""

    KEYS = ("opening", "joined", "left", "closing")

    opening: int = 0
    joined: int = 0
    left: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.joined - self.left

    def __add__(self, other: "Membership") -> "Membership":
        return Membership(self.opening + other.opening, self.joined + other.joined, self.left + other.left)


@dataclass(frozen=True, slots=True)
class TeamFigures(Part):
    """`team` is None for people without one."""

    team: str | None
    members: Membership

    def as_json(self) -> dict[str, Any]:
        return {"team": self.team, **self.members.as_json()}


@dataclass(frozen=True, slots=True)
class VolunteerFigures(Part):
    KEYS = (
        *("opening", "joined", "left", "closing", "by_team"),
        *("applications", "in_vetting", "in_training", "projected"),
    )

    by_team: tuple[TeamFigures, ...] = ()
    applications: int = 0
    in_vetting: int = 0
    in_training: int = 0

    @property
    def members(self) -> Membership:
        return reduce(add, (team.members for team in self.by_team), Membership())

    @property
    def opening(self) -> int:
        return self.members.opening

    @property
    def joined(self) -> int:
        return self.members.joined

    @property
    def left(self) -> int:
        return self.members.left

    @property
    def closing(self) -> int:
        return self.members.closing

    @property
    def projected(self) -> int:
        return self.closing + self.in_vetting + self.in_training


@dataclass(frozen=True, slots=True)
class Figures(Part):
    """Every figure of a period. Suites, teams and categories stand in code-point order of their names."""

    KEYS = ("visits", "suites", "detainees", "entry", "findings", "volunteers")

    period: Period
    visits: VisitFigures = VisitFigures()
    suites: tuple[SuiteFigures, ...] = ()
    detainees: DetaineeFigures = DetaineeFigures()
    entry: EntryFigures = EntryFigures()
    findings: FindingFigures = FindingFigures()
    volunteers: VolunteerFigures = VolunteerFigures()

    @property
    def suites_in_use(self) -> tuple[SuiteFigures, ...]:
        """Those open on any day, visited, or due for a visit: of the others there is nothing to tell."""
        return tuple(one for one in self.suites if one.was_open or one.scheduled or one.undertaken)

    def as_json(self) -> dict[str, Any]:
        """Plain values throughout, keys in the published order."""
        period = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return {"period": period} | {key: _plain(getattr(self, key)) for key in self.KEYS}


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.as_json()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): one for name, one in value.items()}
    return value
