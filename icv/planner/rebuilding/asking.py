"""What a rota is rebuilt from, and what the rebuilding answers."""

from dataclasses import dataclass
from datetime import date

from icv.planner import wire
from icv.planner.problem import Problem, Slot
from icv.planner.rota import Drawn


@dataclass(frozen=True, slots=True)
class Kept:
    """A visit as it was published. `timeslot` is the one that was suggested."""

    visit: int
    visitors: tuple[int | None, int | None]
    timeslot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """What a rota is rebuilt from.

    Visits of `problem` may be locked as ever: visits done or sealed, or a place somebody insists on.
    Everybody else in `kept` stays if that can be, without being bound to. A visit published empty stays so.
    """

    problem: Problem
    kept: tuple[Kept, ...]
    """Every visit of the problem, once."""
    gone: frozenset[int] = frozenset()
    """Visitors who hold no place any more and are offered none."""
    given_up: frozenset[tuple[int, int]] = frozenset()
    """A visit and the visitor who cannot make that one but may make others."""
    frozen_before: date | None = None
    """Weeks that start before this day stay as they are, whoever is gone."""

    def to_json(self) -> str:
        return wire.written(self)

    @classmethod
    def from_json(cls, text: str) -> "Rebuilding":
        """Raises BadProblem with a sentence that names the field at fault."""
        return wire.read(cls, text)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`changed` are the visits whose pair is another than was published, in the order of the problem's
    visits, each with the timeslots in which its pair can go, the one suggested first. Whoever stays on a
    visit keeps their place on it."""

    changed: tuple[Drawn, ...]
    unfilled: tuple[int, ...]
    """Of the visits that lost somebody or whose people moved, those that stay without a pair."""
    changes: int
    """Places that change hands, those given up included."""
    least: int | None = None
    """No answer that leaves as few visits empty changes fewer places; None while that is not known."""

    @property
    def is_proven(self) -> bool:
        """Nobody can leave fewer of these visits empty, nor as many with fewer changes."""
        return self.changes == self.least

    def to_json(self) -> str:
        return wire.written(self)

    @classmethod
    def from_json(cls, text: str) -> "Rebuilt":
        return wire.read(cls, text)
