"""A rota put to the rules again: what has come to stand against places that were drawn some time ago."""

from icv.planner.draft import Draft, Pairs
from icv.planner.ground import Ground
from icv.planner.pairing import Bar
from icv.planner.problem import Problem


def bars_now(problem: Problem, pairs: Pairs) -> dict[tuple[int, int], tuple[Bar, ...]]:
    """By visit and place (0 or 1), only places taken by somebody whom a rule would keep off them now.

    What stands against two going together is said once, of the second.
    """
    ground = Ground(problem)
    draft = Draft.of(ground, pairs)
    found = {}
    for at, visit in enumerate(ground.visits):
        for place, key in enumerate(pairs[visit.key]):
            if key is not None and (bars := _bars(draft, at, place, ground.at[key])):
                found[visit.key, place] = bars
    return found


def _bars(draft: Draft, at: int, place: int, who: int) -> tuple[Bar, ...]:
    beside = [other for other in draft.pairs[at] if other != who] if place else []
    draft.release(at, who)
    alone, now = draft.ground.bars_alone(who, at), draft.bar_now(who, at)
    draft.place(at, who)
    together = draft.ground.bar_together(beside[0], who, at) if beside and not alone else None
    return (*alone, *(bar for bar in (now, together) if bar is not None))
