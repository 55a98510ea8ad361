"""The goals below the times, at equal loads: no pair twice, nobody at a suite twice running, new pairs.

Found by looking about: of all changes at a visit that falls short, the best is made even if it is not better,
and whoever left a visit may not come back to it for a while.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from icv.planner.draft import AGAIN, REPEATED, Draft

PATIENCE = 200
"""Changes made without finding anything better before the best is taken."""
LEAST, LONGEST = 3, 9
"""Changes for which whoever left a visit stays away from it."""

Change = tuple[tuple[int, int, int], ...]
"""Each a visit, who leaves it and who joins."""


class Refining:
    """Of the visits given: their times and everybody's load stay as they are."""

    def __init__(self, draft: Draft, visits: list[int], chance: Random) -> None:
        self.draft, self.ground, self.chance = draft, draft.ground, chance
        self.visits = [at for at in visits if draft.is_filled(at)]
        self.able = {at: self._free_then(at) for at in self.visits}
        self.is_able = {at: frozenset(able) for at, able in self.able.items()}
        self.mine: dict[int, list[int]] = defaultdict(list)
        for at, pair in enumerate(draft.pairs):
            for who in pair:
                self.mine[who].append(at)
        self.short = {at for at in self.visits if self._falls_short(at)}
        self.barred: dict[tuple[int, int], int] = {}
        self.changes = 0

    def _free_then(self, at: int) -> list[int]:
        ground, target = self.ground, self.draft.target[at]
        return [
            who
            for who in ground.who_could[at]
            if ground.times(who, at) & target and who not in ground.held[at]
        ]

    def run(self, stop: Callable[[], bool], patience: int = PATIENCE) -> bool:
        """Answers whether `stop` cut it short."""
        cost = least = self.cost()
        best = self._pairs()
        since = 0
        was_stopped = False
        while least and since < patience and not was_stopped:
            self.changes += 1
            since += 1
            found = self._best_change(least - cost)
            if found is not None:
                cost += self._made(found)
            if cost < least:
                least, best, since = cost, self._pairs(), 0
            was_stopped = stop()
        self._put_back(best)
        return was_stopped

    def cost(self) -> int:
        """What the visits cost beyond the least that could be, each person's order of suites included."""
        people = {who for at in self.visits for who in self.draft.pairs[at]}
        twice = sum(times - 1 for times in self.draft.together.values() if times > 1)
        met = sum(self.ground.past(*self.draft.couple(at)) for at in self.visits)
        return REPEATED * twice + AGAIN * sum(self._again(who) for who in people) + met

    def _again(self, who: int) -> int:
        ground = self.ground
        been = sorted((ground.week[at], ground.suite[at]) for at in self.mine[who])
        suites = [ground.visitors[who].last_suite, *(suite for _, suite in been)]
        return sum(1 for one, after in pairwise(suites) if one == after)

    def _pairs(self) -> dict[int, list[int]]:
        return {at: self.draft.pairs[at][:] for at in self.visits}

    def _put_back(self, pairs: dict[int, list[int]]) -> None:
        for at in pairs:
            for who in self.draft.pairs[at][:]:
                self.draft.release(at, who)
        for at, pair in pairs.items():
            for who in pair:
                self.draft.place(at, who)

    def _falls_short(self, at: int) -> bool:
        return self.draft.finer(*self.draft.couple(at), at) > 0

    def _best_change(self, to_be_best: int) -> Change | None:
        """Of one visit that falls short, and one visitor on it. The first that helps is taken."""
        movable = [
            (at, who)
            for at in sorted(self.short)
            for who in self.draft.pairs[at]
            if who not in self.ground.held[at]
        ]
        if not movable:
            return None
        best: tuple[float, Change] | None = None
        for change in self._changes(*self.chance.choice(movable)):
            added = self._added(change)
            if added is None or (added >= to_be_best and self._is_barred(change)):
                continue
            if added < 0:
                return change
            rank = added + self.chance.random()
            best = (rank, change) if best is None or rank < best[0] else best
        return best and best[1]

    def _is_barred(self, change: Change) -> bool:
        return any(self.barred.get((at, joins), 0) >= self.changes for at, _, joins in change)

    def _changes(self, at: int, who: int) -> Iterator[Change]:
        """Somebody else of the same load, or somebody who takes their place for it."""
        draft, ground = self.draft, self.ground
        spared = ground.step(who, draft.count[who] - 1)
        others = self.able[at][:]
        self.chance.shuffle(others)
        for other in others:
            if other in draft.pairs[at]:
                continue
            if draft.dear[other] == spared:
                yield ((at, who, other),)
            for to in self.mine[other]:
                if self._could_take(who, to) and other not in ground.held[to]:
                    yield ((at, who, other), (to, other, who))

    def _could_take(self, who: int, to: int) -> bool:
        return to in self.is_able and who in self.is_able[to] and who not in self.draft.pairs[to]

    def _added(self, change: Change) -> int | None:
        """What it would add to the cost; None if a rule is against it."""
        couples = {self._couple(at, who, who) for at, who, _ in change}
        couples |= {self._couple(at, leaves, joins) for at, leaves, joins in change}
        before = self._local(change, couples)
        made = self._make(change)
        added = self._local(change, couples) - before if made == len(change) else None
        self._unmake(change, made)
        return added

    def _couple(self, at: int, leaves: int, joins: int) -> tuple[int, int]:
        one, other = (joins if who == leaves else who for who in self.draft.pairs[at])
        return (one, other) if one < other else (other, one)

    def _local(self, change: Change, couples: set[tuple[int, int]]) -> int:
        """The part of the cost that a change could touch."""
        together, past = self.draft.together, self.ground.past
        people = {who for _, leaves, joins in change for who in (leaves, joins)}
        return AGAIN * sum(self._again(who) for who in people) + sum(
            REPEATED * max(0, together[couple] - 1) + together[couple] * past(*couple) for couple in couples
        )

    def _make(self, change: Change) -> int:
        """Answers how many joined before a rule was against one."""
        for at, leaves, _ in change:
            self._release(at, leaves)
        for made, (at, _, joins) in enumerate(change):
            partner = self.draft.pairs[at][0]
            if self.draft.bar_now(joins, at) or self.ground.bar_together(partner, joins, at):
                return made
            self._place(at, joins)
        return len(change)

    def _unmake(self, change: Change, made: int) -> None:
        for at, _, joins in change[:made]:
            self._release(at, joins)
        for at, leaves, _ in change:
            self._place(at, leaves)

    def _release(self, at: int, who: int) -> None:
        self.draft.release(at, who)
        self.mine[who].remove(at)

    def _place(self, at: int, who: int) -> None:
        self.draft.place(at, who)
        self.mine[who].append(at)

    def _made(self, change: Change) -> int:
        added = self._added(change)
        assert added is not None  # noqa: S101  it was possible a moment ago
        self._make(change)
        for at, leaves, _ in change:
            self.barred[at, leaves] = self.changes + self.chance.randint(LEAST, LONGEST)
        self._look_again({who for _, leaves, joins in change for who in (leaves, joins)})
        return added

    def _look_again(self, people: set[int]) -> None:
        """Only where they are, or were, can a visit fall short that did not, or no more."""
        for at in {at for who in people for at in self.mine[who] if at in self.able}:
            (self.short.add if self._falls_short(at) else self.short.discard)(at)
