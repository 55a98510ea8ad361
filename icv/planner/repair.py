"""Repairs to a rota once it is drawn: empty visits, uneven loads, pairs that repeat."""

from collections.abc import Callable
from random import Random

from icv.planner import patterns, timeslots
from icv.planner.bounds import Limits
from icv.planner.cheapest import cheapest
from icv.planner.draft import MISSED, Draft

DEEPEST = 2
"""Other visits whose places are moved to fill one."""
ROUNDS = 3
EXCHANGES = 60
"""Other visits tried, at random, for an exchange of visitors."""
PATIENCE = 4000
"""Moves looked at for one visit, or one visitor, before it is left as it is."""


class Repair:
    """Moves places about on the visits given; every change can be taken back to a mark."""

    def __init__(self, draft: Draft, visits: list[int]) -> None:
        self.draft, self.visits, self.inside = draft, visits, set(visits)
        self.log: list[tuple[bool, int, int]] = []
        self.patience = 0

    def place(self, at: int, who: int) -> None:
        self.draft.place(at, who)
        self.log.append((True, at, who))

    def release(self, at: int, who: int) -> None:
        self.draft.release(at, who)
        self.log.append((False, at, who))

    def back_to(self, mark: int) -> None:
        while len(self.log) > mark:
            was_placed, at, who = self.log.pop()
            (self.draft.release if was_placed else self.draft.place)(at, who)

    def fits(self, at: int, who: int) -> bool:
        """Whether the visitor may go beside whoever is on the visit; their other visits are not asked."""
        pair = self.draft.pairs[at]
        return all(self.draft.ground.bar_together(other, who, at) is None for other in pair)

    def duties(self, who: int) -> list[int]:
        """The visits from which the visitor could be moved."""
        ground, pairs = self.draft.ground, self.draft.pairs
        return [at for at in self.visits if who in pairs[at] and who not in ground.held[at]]

    def by_load(self, at: int) -> list[int]:
        return sorted(self.draft.ground.who_could[at], key=lambda who: (self.draft.dear[who], who))


def mend(
    draft: Draft,
    limits: Limits,
    visits: list[int],
    chance: Random,
    stop: Callable[[], bool] | None,
    rounds: int = ROUNDS,
) -> bool:
    """`rounds` of the finer goals come last. Answers whether `stop` cut the repairs short."""
    repair = Repair(draft, visits)
    steps: list[Callable[[], None]] = [
        lambda: fill_empty(repair, limits.hopeless),
        lambda: ease_loads(repair),
        lambda: trade(repair, limits),
    ]
    steps += [lambda: polish(repair, chance)] * rounds
    for step in steps:
        if stop is not None and stop():
            return True
        step()
    return False


def fill_empty(repair: Repair, hopeless: frozenset[int]) -> None:
    for at in repair.visits:
        if at not in hopeless and not repair.draft.is_filled(at):
            repair.patience = PATIENCE
            seat_pair(repair, at, DEEPEST)


def seat_pair(repair: Repair, at: int, depth: int) -> bool:
    """Whoever is on the visit stays; `depth` is how many others may be moved for each who joins."""
    draft, mark = repair.draft, len(repair.log)
    if len(draft.pairs[at]) == 1:
        return seat_anyone(repair, at, depth)
    for who in repair.by_load(at):
        if _seat(repair, at, who, depth) and seat_anyone(repair, at, depth):
            return True
        repair.back_to(mark)
    return False


def seat_anyone(repair: Repair, at: int, depth: int) -> bool:
    return any(_seat(repair, at, who, depth) for who in repair.by_load(at))


def _seat(repair: Repair, at: int, who: int, depth: int) -> bool:
    """Put somebody on a visit, handing on one of theirs that stands in the way; else nothing changes."""
    draft = repair.draft
    repair.patience -= 1
    if repair.patience < 0 or who in draft.pairs[at] or not repair.fits(at, who):
        return False
    if draft.bar_now(who, at) is None:
        repair.place(at, who)
        return True
    return depth > 0 and any(_hand_over(repair, at, who, other, depth) for other in repair.duties(who))


def _hand_over(repair: Repair, at: int, who: int, other: int, depth: int) -> bool:
    mark = len(repair.log)
    repair.release(other, who)
    if repair.draft.bar_now(who, at) is None:
        repair.place(at, who)
        if seat_anyone(repair, other, depth - 1):
            return True
    repair.back_to(mark)
    return False


def ease_loads(repair: Repair) -> None:
    """Hand visits from the heavily to the lightly loaded until no hand-over makes the shares fairer."""
    draft = repair.draft
    changed = True
    while changed:
        changed = False
        for at in repair.visits:
            for who in [one for one in draft.pairs[at] if one not in draft.ground.held[at]]:
                changed = _ease(repair, at, who) or changed


def _ease(repair: Repair, at: int, who: int) -> bool:
    draft = repair.draft
    mark = len(repair.log)
    repair.release(at, who)
    spared = draft.dear[who]
    lighter = sorted((draft.dear[one], one) for one in draft.ground.who_could[at] if draft.dear[one] < spared)
    for _, other in lighter:
        if other not in draft.pairs[at] and _joins(repair, at, other):
            return True
    repair.back_to(mark)
    return False


def trade(repair: Repair, limits: Limits) -> None:
    """Where one for another does not help: a new pair for a visit, or for an empty one in its stead."""
    draft = repair.draft
    if draft.load() == limits.least_load(draft):
        return
    for at in repair.visits:
        if draft.is_filled(at) and not draft.ground.held[at]:
            empty = [one for one in repair.visits if not draft.is_filled(one)]
            any(_traded(repair, at, other) for other in (at, *empty[:EXCHANGES]))


def _traded(repair: Repair, at: int, other: int) -> bool:
    draft, mark = repair.draft, len(repair.log)
    for who in draft.couple(at):
        repair.release(at, who)
    spared = sum(draft.dear[who] for _, _, who in repair.log[mark:])
    pair = [who for who in cheapest(draft, other, chance=None) or () if who not in draft.pairs[other]]
    if len(pair) == 2 and sum(draft.dear[who] for who in pair) < spared:
        for who in pair:
            repair.place(other, who)
        return True
    repair.back_to(mark)
    return False


def polish(repair: Repair, chance: Random) -> None:
    """At equal loads: timeslots the suite lacks, no pair twice, nobody at the same suite twice running."""
    draft = repair.draft
    timeslots.settle(draft)
    patterns.aim(draft, repair.inside.intersection(timeslots.faulty(draft)), chance)
    for at in repair.visits:
        if draft.is_filled(at) and draft.finer(*draft.couple(at), at):
            _better(repair, at, chance)


def _better(repair: Repair, at: int, chance: Random) -> bool:
    movable = [one for one in repair.draft.pairs[at] if one not in repair.draft.ground.held[at]]
    return any(_replace(repair, at, who) or _exchange(repair, at, who, chance) for who in movable)


def _replace(repair: Repair, at: int, who: int) -> bool:
    """Somebody else of the same load, if that costs less on the finer goals."""
    draft, mark = repair.draft, len(repair.log)
    now = draft.finer(*draft.couple(at), at)
    repair.release(at, who)
    spared, partner = draft.dear[who], draft.pairs[at][0]
    for other in draft.ground.who_could[at]:
        if (
            other not in (who, partner)
            and draft.dear[other] == spared
            and draft.finer(partner, other, at) < now
            and draft.bar_now(other, at) is None
            and repair.fits(at, other)
        ):
            repair.place(at, other)
            return True
    repair.back_to(mark)
    return False


def _exchange(repair: Repair, at: int, who: int, chance: Random) -> bool:
    """Change places with somebody on another visit, if the two visits then cost less on the finer goals."""
    others = [one for one in repair.visits if one != at and repair.draft.is_filled(one)]
    for other in chance.sample(others, min(len(others), EXCHANGES)):
        for partner in repair.draft.pairs[other]:
            if partner not in repair.draft.ground.held[other] and _changed(
                repair, (at, who), (other, partner)
            ):
                return True
    return False


def _changed(repair: Repair, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Each is a visit and the visitor who leaves it for the other."""
    draft, mark = repair.draft, len(repair.log)
    (at, who), (to, partner) = one, other
    able = draft.ground.able
    if who in draft.pairs[to] or partner in draft.pairs[at] or who not in able[to] or partner not in able[at]:
        return False
    now = draft.finer(*draft.couple(at), at) + draft.finer(*draft.couple(to), to)
    if MISSED * (_misses(draft, at, who, partner) + _misses(draft, to, partner, who)) > now:
        return False
    repair.release(at, who)
    repair.release(to, partner)
    both_join = _joins(repair, at, partner) and _joins(repair, to, who)
    if both_join and draft.finer(*draft.couple(at), at) + draft.finer(*draft.couple(to), to) < now:
        return True
    repair.back_to(mark)
    return False


def _misses(draft: Draft, at: int, leaving: int, joining: int) -> bool:
    """Whether the visit would miss its timeslot after the change."""
    stays = [one for one in draft.pairs[at] if one != leaving]
    return not draft.target[at] & draft.ground.common(stays[0], joining, at)


def _joins(repair: Repair, at: int, who: int) -> bool:
    if repair.draft.bar_now(who, at) is None and repair.fits(at, who):
        repair.place(at, who)
        return True
    return False
