"""What would fill an empty visit: who goes where else by hand, who would be given up for it, and when."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from icv.planner.draft import Draft
from icv.planner.grid import positions
from icv.planner.ground import Ground
from icv.planner.problem import Slot

MOST_TRIED = 400
"""Pairs whose changes are gone through before the best so far is taken."""
EMPTIED = 100
"""What a change costs that leaves another visit without its pair: more than any that does not."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A visitor who could go, if this other visit gave them up. Both by their keys."""

    visitor: int
    visit: int


@dataclass(frozen=True, slots=True)
class Move:
    """One change by hand: a visitor (None: nobody) has a place of a visit from now on. All by their keys."""

    visit: int
    visitor: int | None
    instead_of: int | None
    """Whoever had the place; None for an empty one."""


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that fill a visit, in the order to make them. `emptied` are other visits left short by them."""

    moves: tuple[Move, ...]
    emptied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """A timeslot of the week: who could go then, and the pairs among them, no other visit counted."""

    slot: Slot
    visitors: int
    pairs: int


@dataclass(frozen=True, slots=True)
class _Option:
    """How one visitor, by place in the problem, could be had: at once, or from another visit."""

    who: int
    giver: int | None
    instead: int | None
    cost: int


class Ways:
    """Ways to fill empty visits of one rota, which `draft` holds.

    `fixed` are the keys of visits that give nobody up: those whose week has come.
    """

    def __init__(self, ground: Ground, draft: Draft, fixed: Collection[int] = ()) -> None:
        self.ground, self.draft = ground, draft
        self.fixed = frozenset(fixed)
        self._found: dict[int, list[_Option]] = {}
        self._visits_of: dict[int, list[int]] = {}
        for at, pair in enumerate(draft.pairs):
            for who in pair:
                self._visits_of.setdefault(who, []).append(at)

    def given_up(self, at: int) -> tuple[GivenUp, ...]:
        """Everybody who could go, if one other visit gave them up, by load."""
        return tuple(
            GivenUp(self.ground.visitors[one.who].key, self.ground.visits[one.giver].key)
            for one in self._options(at)
            if one.giver is not None
        )

    def cheapest(self, at: int) -> Way | None:
        """The fewest changes that fill the visit, those before any that leave another short; None: no way."""
        best: tuple[int, Way] | None = None
        for tried, (cost, options) in enumerate(self._combined(at)):
            if tried == MOST_TRIED or (best is not None and best[0] <= cost):
                break
            way = self._gone_through(at, options)
            if way is not None and (best is None or cost < best[0]):
                best = cost, way
        return best and best[1]

    def could_go(self, at: int) -> list[int]:
        """Whom the rules let go beside whoever goes, other visits not counted; by place in the problem."""
        ground, held = self.ground, self.draft.pairs[at]
        beside = held[0] if held else None
        return [
            who
            for who in ground.who_could[at]
            if who not in held and (beside is None or ground.bar_together(beside, who, at) is None)
        ]

    def chances(self, at: int) -> tuple[Chance, ...]:
        """The timeslots in which anybody could go, in the order of the week."""
        ground = self.ground
        people = [who for who in ground.who_could[at] if who not in self.draft.pairs[at]]
        found = []
        for place in positions(ground.open[at]):
            able = [who for who in people if ground.times(who, at) >> place & 1]
            if able:
                slot = divmod(place, ground.rules.bands)
                found.append(Chance(slot, len(able), self._pairs_among(able, at, 1 << place)))
        return tuple(found)

    def _pairs_among(self, able: list[int], at: int, bit: int) -> int:
        """Counted, not listed: two hundred visitors make twenty thousand pairs."""
        ground, held = self.ground, self.draft.pairs[at]
        if held:
            return sum(
                1
                for who in able
                if ground.times(held[0], at) & bit and ground.bar_together(held[0], who, at) is None
            )
        week, most = ground.week[at], ground.rules.most_probationers
        new = {who for who in able if week in ground.probation[who]}
        old = len(able) - len(new)
        pairs = old * (old - 1) // 2
        if most > 0:
            pairs += old * len(new)
        if most > 1:
            pairs += len(new) * (len(new) - 1) // 2
        return pairs - sum(1 for pair in self._barred(set(able)) if len(pair & new) <= most)

    def _barred(self, able: set[int]) -> set[frozenset[int]]:
        """Each two of them of whom one has declared a conflict with the other."""
        ground = self.ground
        return {
            frozenset((who, ground.at[key]))
            for who in able
            for key in ground.visitors[who].barred_people
            if ground.at.get(key) in able
        }

    def _options(self, at: int) -> list[_Option]:
        """Everybody whom the rules let go but for other visits, the cheapest to be had first."""
        if at not in self._found:
            found = [one for who in self.could_go(at) if (one := self._option(who, at)) is not None]
            self._found[at] = sorted(found, key=lambda one: (one.cost, self.draft.dear[one.who], one.who))
        return self._found[at]

    def _option(self, who: int, at: int) -> _Option | None:
        """None where more than one visit, or one that cannot be changed here, is in the way."""
        if self.draft.bar_now(who, at) is None:
            return _Option(who, None, None, 1)
        best: _Option | None = None
        for giver in self._visits_of.get(who, ()):
            option = self._from(giver, who, at)
            if option is not None and (best is None or option.cost < best.cost):
                best = option
        return best

    def _from(self, giver: int, who: int, at: int) -> _Option | None:
        ground, draft = self.ground, self.draft
        if giver == at or who in ground.held[giver] or ground.visits[giver].key in self.fixed:
            return None
        was_filled = draft.is_filled(giver)
        draft.release(giver, who)
        is_freed = draft.bar_now(who, at) is None
        instead = self._replacement(giver, who, at) if is_freed else None
        draft.place(giver, who)
        if not is_freed:
            return None
        cost = 2 if instead is not None else 2 + EMPTIED * was_filled
        return _Option(who, giver, instead, cost)

    def _replacement(self, giver: int, who: int, at: int) -> int | None:
        """The least loaded who could go in their place as the rest of the rota stands."""
        ground, draft = self.ground, self.draft
        beside = draft.pairs[giver]
        able = [
            one
            for one in ground.who_could[giver]
            if one != who and one not in beside and one not in draft.pairs[at]
            if draft.bar_now(one, giver) is None
            if not beside or ground.bar_together(beside[0], one, giver) is None
        ]
        return min(able, key=lambda one: (draft.dear[one], one), default=None)

    def _combined(self, at: int) -> Iterator[tuple[int, tuple[_Option, ...]]]:
        """As many visitors as the visit lacks, by what they cost together."""
        options = self._options(at)
        if self.draft.pairs[at]:
            yield from ((one.cost, (one,)) for one in options)
            return
        costs = Counter(one.cost for one in options)
        by_cost = sorted({one + other for one in costs for other in costs})
        for cost in by_cost:
            for one, other in combinations(options, 2):
                if one.cost + other.cost == cost and self.ground.bar_together(one.who, other.who, at) is None:
                    yield cost, (one, other)

    def _gone_through(self, at: int, options: tuple[_Option, ...]) -> Way | None:
        """The changes made one after the other as a coordinator would, each within the rules; then undone."""
        moves: list[Move] = []
        done: list[tuple[bool, int, int]] = []
        freed = [one for one in options if one.giver is not None]
        fits = all(self._gets_up(one, moves, done) for one in freed)
        fits = fits and all(self._sits_down(at, one.who, None, moves, done) for one in options)
        for sat_down, visit, who in reversed(done):
            (self.draft.release if sat_down else self.draft.place)(visit, who)
        emptied = tuple(self.ground.visits[one.giver or 0].key for one in freed if one.cost >= EMPTIED)
        return Way(tuple(moves), emptied) if fits else None

    def _gets_up(self, option: _Option, moves: list[Move], done: list[tuple[bool, int, int]]) -> bool:
        giver = option.giver or 0
        self.draft.release(giver, option.who)
        done.append((False, giver, option.who))
        if option.instead is not None:
            return self._sits_down(giver, option.instead, option.who, moves, done)
        moves.append(self._move(giver, None, option.who))
        return True

    def _sits_down(
        self, at: int, who: int, instead_of: int | None, moves: list[Move], done: list[tuple[bool, int, int]]
    ) -> bool:
        draft, beside = self.draft, self.draft.pairs[at]
        if who in beside or len(beside) == 2 or draft.bar_now(who, at) is not None:
            return False
        if beside and self.ground.bar_together(beside[0], who, at) is not None:
            return False
        draft.place(at, who)
        done.append((True, at, who))
        moves.append(self._move(at, who, instead_of))
        return True

    def _move(self, at: int, who: int | None, instead_of: int | None) -> Move:
        visitors = self.ground.visitors
        return Move(
            self.ground.visits[at].key,
            None if who is None else visitors[who].key,
            None if instead_of is None else visitors[instead_of].key,
        )
