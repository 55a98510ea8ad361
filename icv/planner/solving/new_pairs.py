"""As few pairs as can be that go together more than once, at the least load and the fewest faults.

A column for each pair on each visit, of people and times free to change: for a small group only.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from icv.planner.solving.assigning import Assigning

MOST_PAIRS = 6000
"""Pairs on visits, counted for each visit: with more, it is not tried."""


class NewPairs:
    """Added to a model that binds whoever goes on a visit together."""

    def __init__(self, people: Assigning) -> None:
        self.people, self.ground, self.model = people, people.ground, people.model
        self.on_visits: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.met = self._locked_together()
        for at in people.filled:
            self._add_visit(at)
        self.repeats = self._add_repeats()

    def _locked_together(self) -> dict[tuple[int, int], int]:
        met: dict[tuple[int, int], int] = defaultdict(int)
        for held in self.ground.held:
            if len(held) == 2:
                met[min(held), max(held)] += 1
        return met

    def _add_visit(self, at: int) -> None:
        held, column = self.ground.held[at], self.people.column
        if held:
            for who in self.people.crew[at]:
                self.on_visits[min(who, held[0]), max(who, held[0])].append(column[who, at])
            return
        of: dict[int, list[int]] = {who: [] for who in self.people.crew[at]}
        for pair in pairs(self.people, at):
            both = self.model.column()
            self.on_visits[pair].append(both)
            for who in pair:
                of[who].append(both)
        for who, columns in of.items():
            self.model.row(0, 0, [(column[who, at], -1.0), *((one, 1.0) for one in columns)])

    def _add_repeats(self) -> list[int]:
        """A pair costs for every visit but its first."""
        found = []
        for pair, columns in self.on_visits.items():
            most_once = 1 - self.met[pair]
            if len(columns) > most_once:
                again = self.model.column(most=len(columns) + self.met[pair])
                found.append(again)
                self.model.at_most(most_once, [*((one, 1.0) for one in columns), (again, -1.0)])
        return found

    def least(self, bound: float) -> float:
        """Of pairs repeated, those locked so included; none of them is counted twice."""
        locked = sum(times - 1 for times in self.met.values() if times > 1)
        counted = sum(self.met[pair] - 1 for pair in self.on_visits if self.met[pair] > 1)
        return bound + locked - counted


def pairs(people: Assigning, at: int) -> Iterator[tuple[int, int]]:
    """Those who may go on a visit together."""
    for one, other in combinations(people.crew[at], 2):
        if people.ground.bar_together(one, other, at) is None:
            yield one, other
