"""What drawing gives back: who goes where, how good it is and what is proven of it."""

from dataclasses import dataclass
from enum import StrEnum

from icv.planner import wire
from icv.planner.problem import Slot


class Status(StrEnum):
    OPTIMAL = "optimal"
    """Every goal down to repeated pairs is proven to be as good as any rota could make it."""
    FEASIBLE = "feasible"
    """Every rule is kept; a better rota may exist."""
    INFEASIBLE = "infeasible"
    """Visits are needed and the rules let nobody fill any of them: the answer holds no filled visit."""


class Aim(StrEnum):
    """The goals in the order in which they count."""

    UNFILLED = "unfilled"
    LOAD = "load"
    TIMESLOTS = "timeslots"
    REPEATED_PAIRS = "repeated_pairs"
    SAME_SUITE = "same_suite"
    """Visits of somebody who was at that suite the time before."""
    MET_BEFORE = "met_before"
    """How often the pairs had already gone together before this period."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How far one goal was met: less is better, and `bound` is the least once the goals before are met."""

    aim: Aim
    value: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One visit as drawn. A pair, or an unfilled visit with whoever is locked to it."""

    visit: int
    visitors: tuple[int | None, int | None]
    timeslots: tuple[Slot, ...] = ()
    """Timeslots of the week in which both can go, the one suggested first; none for an unfilled visit."""

    @property
    def is_filled(self) -> bool:
        return None not in self.visitors


@dataclass(frozen=True, slots=True)
class Quality:
    unfilled: int
    visits_per_visitor_min: int
    """Over visitors who could have gone at least once."""
    visits_per_visitor_max: int
    repeated_pairs: int
    """Visits whose pair already goes together on an earlier visit of this rota."""
    timeslots: int
    """Timeslots of all suites planned."""
    timeslots_reachable: int
    """Of which a pair drawn for the suite could go then."""


@dataclass(frozen=True, slots=True)
class Rota:
    seed: int
    status: Status
    drawn: tuple[Drawn, ...]
    """In the order of the visits asked for."""
    quality: Quality
    certificate: tuple[Goal, ...]
    assumed_free: int
    """Visitors who gave no availability and were taken as free."""
    was_stopped: bool = False
    """Time ran out before the repairs ended, so the same seed may give another rota next time."""

    @property
    def pairs(self) -> dict[int, tuple[int | None, int | None]]:
        """The two places of each visit, by its key."""
        return {one.visit: one.visitors for one in self.drawn}

    def worth(self) -> tuple[int, ...]:
        """The goals in order: of two rotas for one problem, the smaller is the better."""
        return tuple(goal.value for goal in self.certificate)

    def to_json(self) -> str:
        return wire.written(self)

    @classmethod
    def from_json(cls, text: str) -> "Rota":
        return wire.read(cls, text)
