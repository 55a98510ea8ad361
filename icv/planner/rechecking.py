"""A rota drawn some time ago, put to the rules and the goals again as they are now."""

from collections.abc import Mapping

from icv.planner.bounds import Limits
from icv.planner.draft import Draft, Pairs
from icv.planner.ground import Ground
from icv.planner.judge import judged
from icv.planner.pairing import Bar
from icv.planner.problem import Problem, Slot
from icv.planner.rota import Rota


def judged_again(problem: Problem, pairs: Pairs, aims: Mapping[int, Slot]) -> Rota:
    """The answer for pairs kept as they are; `aims` are the timeslots that visits were given, by visit."""
    ground = Ground(problem)
    draft = Draft.of(ground, pairs)
    for at, visit in enumerate(ground.visits):
        if visit.key in aims:
            weekday, band = aims[visit.key]
            draft.target[at] = 1 << weekday * ground.rules.bands + band
    return judged(draft, Limits(ground), was_stopped=False)


def bars_now(problem: Problem, pairs: Pairs) -> dict[tuple[int, int], tuple[Bar, ...]]:
    """By visit and place (0 or 1), only places taken by somebody whom a rule would keep off them now.

    What stands against two going together is said once, of the second, if each alone could go.
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
    ground = draft.ground
    draft.release(at, who)
    alone, now = ground.bars_alone(who, at), draft.bar_now(who, at)
    beside = draft.pairs[at][0] if place and draft.pairs[at] else None
    draft.place(at, who)
    # Where one of two may not go at all, that is the reason: the other is not to blame.
    is_alone_in_question = bool(alone) or beside is None or bool(ground.bars_alone(beside, at))
    together = None if beside is None or is_alone_in_question else ground.bar_together(beside, who, at)
    return (*alone, *(bar for bar in (now, together) if bar is not None))
