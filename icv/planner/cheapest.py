"""The cheapest pair for one visit, without looking at every pair."""

from collections.abc import Iterator
from heapq import heappop, heappush
from random import Random

from icv.planner.draft import Draft

ENOUGH = 60
"""Pairs of equal load looked at for one visit before the best so far is taken."""


def cheapest(draft: Draft, at: int, chance: Random | None, enough: int = ENOUGH) -> tuple[int, int] | None:
    """The pair that adds least load, the finer goals and then chance deciding; None if no pair may go."""
    if draft.is_filled(at):
        return None
    best: tuple[int, int, int, int] | None = None
    looked_at = 0
    for load, one, other in _by_load(draft, at, chance):
        if best is not None and (load > best[0] or looked_at == enough or best[1] == 0):
            break
        if draft.ground.bar_together(one, other, at) is None:
            looked_at += 1
            found = (load, draft.finer(one, other, at), one, other)
            best = found if best is None or found[:2] < best[:2] else best
    return best and best[2:]


def _by_load(draft: Draft, at: int, chance: Random | None) -> Iterator[tuple[int, int, int]]:
    """Every pair of visitors not yet ruled out, the lightest loads first."""
    able = [
        (draft.dear[who], chance.random() if chance else 0.0, who)
        for who in draft.ground.who_could[at]
        if who not in draft.pairs[at] and draft.bar_now(who, at) is None
    ]
    able.sort()
    for held in draft.pairs[at]:
        yield from ((load, held, who) for load, _, who in able)
        return
    ahead = [(able[0][0] + able[1][0], 0, 1)] if len(able) > 1 else []
    while ahead:
        load, first, second = heappop(ahead)
        yield load, able[first][2], able[second][2]
        if second + 1 < len(able):
            heappush(ahead, (able[first][0] + able[second + 1][0], first, second + 1))
        if second == first + 1 and second + 1 < len(able):
            heappush(ahead, (able[second][0] + able[second + 1][0], second, second + 1))
