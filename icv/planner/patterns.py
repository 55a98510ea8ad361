"""Times for the visits before their pairs are known: for each suite a pattern without fault, if there is one.

A pattern is found by looking about: a visit at a time is moved to the timeslot that leaves the fewest faults,
and may not go back for a while. Of timeslots that are equally good, one is taken in which many could go.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from random import Random

from icv.planner.draft import Draft
from icv.planner.grid import positions
from icv.planner.ground import Ground
from icv.planner.timeslots import SuiteTimes

PATIENCE, PATIENCE_ANEW = 400, 3000
"""Moves tried for the visits of one suite before its faults are taken as they are; and where all timeslots
are taken into account."""
ENOUGH = 4
"""So many who could go make a timeslot worth aiming at; with fewer, hardly a pair is left to choose."""
WHIM = 0.3
"""How far chance decides between timeslots, of the whole crew's weight."""
SELDOM = 0.1
"""How often a visit is moved although that adds a fault."""
LEAST, LONGEST = 5, 13
"""Moves for which a visit may not aim again at what it has left."""


class Liking:
    """How many could go on a visit in each timeslot; `weight` makes some people count for more."""

    def __init__(self, ground: Ground, weight: Mapping[int, float] | None = None) -> None:
        self.ground = ground
        self.weight = weight or {}
        self._known: dict[int, dict[int, tuple[int, float]]] = {}
        self._free = cache(positions)

    def of(self, at: int, slots: Iterable[int]) -> dict[int, tuple[int, float]]:
        """How many could go in each, and their share of the weight of all who could."""
        if at not in self._known:
            self._known[at] = self._counted(at, slots)
        return self._known[at]

    def _counted(self, at: int, slots: Iterable[int]) -> dict[int, tuple[int, float]]:
        counts, weights, whole = dict.fromkeys(slots, 0), dict.fromkeys(slots, 0.0), 0.0
        for who in {*self.ground.able[at], *self.ground.held[at]}:
            weight = self.weight.get(who, 1.0)
            whole += weight
            for slot in self._free(self.ground.times(who, at)):
                counts[slot] += 1
                weights[slot] += weight
        return {slot: (counts[slot], weights[slot] / (whole or 1.0)) for slot in counts}

    def options(self, at: int, slots: list[int], enough: int = ENOUGH) -> list[int]:
        """The timeslots in which a pair is likely to be found; else all in which two could go, whoever is
        locked to the visit among them."""
        known, ground = self.of(at, slots), self.ground
        for so_many in (enough, 2):
            found = [slot for slot in slots if known[slot][0] >= so_many]
            for who in ground.held[at]:
                found = [slot for slot in found if ground.times(who, at) >> slot & 1]
            if found:
                return found
        return []


class Settled(Liking):
    """The pairs are known: only timeslots in which both can go."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.ground)
        self.draft = draft

    def options(self, at: int, slots: list[int], enough: int = ENOUGH) -> list[int]:
        if not self.draft.is_filled(at):
            return []
        return positions(self.ground.common(*self.draft.couple(at), at))


def aim(
    draft: Draft,
    visits: Iterable[int],
    chance: Random,
    liking: Liking | None = None,
    floors: Mapping[int, int] | None = None,
    patience: int = PATIENCE,
) -> None:
    """A timeslot for each of these visits, those of the others staying as they are.

    `floors` are the fewest faults that each suite could have, where that is known: no search beyond them, and
    where they are not reached, any timeslot in which two could go is taken into account.
    """
    wanted = set(visits)
    liking = liking or Liking(draft.ground)
    floors = floors or {}
    for suite in sorted({draft.ground.suite[at] for at in wanted}):
        times = SuiteTimes(draft, suite)
        inside = [at for at in times.visits if at in wanted]
        faults = Search(times, inside, chance, liking).run(floors.get(suite, 0), patience)
        if faults > floors.get(suite, faults):
            before = dict(times.aims)
            if Search(times, inside, chance, liking, enough=2).run(floors[suite], PATIENCE_ANEW) > faults:
                for at in inside:
                    times.drop(at)
                times.set(before)


class Search:
    """Over the patterns of one suite."""

    def __init__(
        self,
        times: SuiteTimes,
        visits: list[int],
        chance: Random,
        liking: Liking,
        enough: int = ENOUGH,
    ) -> None:
        self.times, self.visits, self.chance, self.liking = times, visits, chance, liking
        choices = {at: liking.options(at, times.open, enough) for at in visits}
        self.options = {at: slots for at, slots in choices.items() if slots}
        self.barred: dict[tuple[int, int], int] = {}
        self.moves = 0

    def run(self, floor: int, patience: int) -> int:
        """Answers the faults that remain; the visits aim at the best pattern found."""
        self._begin()
        faults = least = self.times.faults()
        best = dict(self.times.aims)
        while least > floor and self.moves < patience and self.options:
            self.moves += 1
            faults += self._move(least - faults)
            if faults < least:
                least, best = faults, dict(self.times.aims)
        self.times.set(best)
        return least

    def _begin(self) -> None:
        """One visit after the other, in any order."""
        for at in self.visits:
            self.times.drop(at)
        order = list(self.options)
        self.chance.shuffle(order)
        for at in order:
            costs = self.times.costs(at, self.options[at])
            least = min(costs.values())[0]
            self.times.choose(at, self._liked(at, [slot for slot in costs if costs[slot][0] == least]))

    def _liked(self, at: int, slots: list[int]) -> int:
        likes = self.liking.of(at, self.times.open)
        return max(slots, key=lambda slot: likes[slot][1] + WHIM * self.chance.random())

    def _move(self, to_be_best: int) -> int:
        """Aims one visit elsewhere, unless that is as good as it was; answers what it adds to the faults.

        A move that adds less than `to_be_best` gives the best pattern so far, and nothing bars it.
        """
        at = self.chance.choice(list(self.options))
        now = self.times.drop(at)
        assert now is not None  # noqa: S101  every visit aims at something once begun
        costs = self.times.costs(at, self.options[at])
        ways = [
            slot
            for slot in costs
            if slot != now
            and (self.barred.get((at, slot), 0) < self.moves or costs[slot][0] - costs[now][0] < to_be_best)
        ]
        least = min((costs[slot][0] for slot in ways), default=None)
        if least is None or (least > costs[now][0] and self.chance.random() > SELDOM):
            self.times.choose(at, now)
            return 0
        self.times.choose(at, self._liked(at, [slot for slot in ways if costs[slot][0] == least]))
        self.barred[at, now] = self.moves + self.chance.randint(LEAST, LONGEST)
        return least - costs[now][0]
