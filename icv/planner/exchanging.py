"""Two visitors who each go in the other's place: whether the rules let both, and which exchanges they let."""

from collections.abc import Iterator
from dataclasses import dataclass

from icv.planner.draft import Draft, Pairs
from icv.planner.ground import Ground
from icv.planner.pairing import Bar
from icv.planner.problem import Problem

Bars = tuple[Bar, ...]
Seat = tuple[int, int]
"""A visit, by its key, and 0 or 1 for its place."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The place (0 or 1) of a visit, by its key, that somebody else gives for one's own; and who gives it."""

    visit: int
    place: int
    visitor: int


def bars_against(problem: Problem, pairs: Pairs, own: Seat, other: Seat) -> tuple[Bars, Bars]:
    """Reasons why the holder of `own` may not go in the other place, and the other in theirs.

    Both places are held, and of two visits.
    """
    table = _Table(problem, pairs)
    return table.against(own, other), table.against(other, own)


def exchanges(problem: Problem, pairs: Pairs, visit: int, place: int) -> Iterator[Exchange]:
    """Every place that the holder of this one may exchange it for, in the order of the problem's visits."""
    table = _Table(problem, pairs)
    for one in problem.visits:
        for at, who in enumerate(pairs.get(one.key, (None, None))):
            own, other = (visit, place), (one.key, at)
            if who is None or one.key == visit or who == pairs[visit][place]:
                continue
            if not table.against(own, other) and not table.against(other, own):
                yield Exchange(one.key, at, who)


class _Table:
    """Everybody in their places, two of whom get up at a time."""

    def __init__(self, problem: Problem, pairs: Pairs) -> None:
        self.ground = Ground(problem)
        self.draft, self.pairs = Draft.of(self.ground, pairs), pairs
        self.visit = {one.key: at for at, one in enumerate(self.ground.visits)}

    def against(self, own: Seat, other: Seat) -> Bars:
        """Why the one who gets up from `own` may not sit down in `other`, whose visitor has got up too."""
        who, partner = self._holder(own), self._holder(other)
        at, to = self.visit[own[0]], self.visit[other[0]]
        self.draft.release(at, who)
        self.draft.release(to, partner)
        found = self._bars(who, to)
        self.draft.place(to, partner)
        self.draft.place(at, who)
        return found

    def _holder(self, seat: Seat) -> int:
        key = self.pairs[seat[0]][seat[1]]
        if key is None:
            raise ValueError(f"Nobody holds place {seat[1]} of visit {seat[0]}.")
        return self.ground.at[key]

    def _bars(self, who: int, at: int) -> Bars:
        beside = next(iter(self.draft.pairs[at]), None)
        if who == beside:
            return (Bar.ALREADY_ON_VISIT,)
        alone = self.ground.bars_alone(who, at)
        together = None if beside is None or alone else self.ground.bar_together(beside, who, at)
        return (*alone, *(bar for bar in (self.draft.bar_now(who, at), together) if bar is not None))
