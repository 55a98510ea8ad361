"""Drawing a rota without a solver: scarcest visit first, cheapest pair, then repairs. Always publishable."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from icv.planner import patterns, repair
from icv.planner.bounds import Limits
from icv.planner.cheapest import cheapest
from icv.planner.draft import Draft
from icv.planner.ground import Ground
from icv.planner.judge import judged
from icv.planner.problem import Problem
from icv.planner.rota import Rota, Status
from icv.planner.weeks import quarters

TRIES, SMALL = 6, 60
"""A rota of few visits is drawn anew so often, and a larger one twice, while nothing proves it best."""

Stop = Callable[[], bool]
Tell = Callable[[str, int], None]
"""Told of each phase as it ends, and of how many visits are unfilled then."""


def draw(
    problem: Problem,
    stop: Stop | None = None,
    tell: Tell | None = None,
    tries: int = TRIES,
    rounds: int = repair.ROUNDS,
) -> Rota:
    """The best rota of a few tries; beyond a quarter each is drawn quarter by quarter, the loads carried on.

    The same problem gives the same rota, unless `stop` (asked between repairs) says that time is up; what is
    drawn by then is complete and keeps every rule. Never worse than giving each visit in turn to the least
    loaded pair. `rounds` are those of the finer goals in each try. Raises BadProblem for what cannot be
    planned.
    """
    ground = Ground(problem)
    limits = Limits(ground)
    best = judged(least_loaded(ground), limits, was_stopped=False)
    for attempt in range(tries if len(ground.visits) <= SMALL else min(tries, 2)):
        chance = Random(problem.seed * TRIES + attempt)  # noqa: S311  the seed is the caller's secret
        rota = _drawn_once(limits, chance, stop, tell, rounds)
        best = min(best, rota, key=Rota.worth)
        if rota.was_stopped:
            return replace(best, was_stopped=True)
        if best.status is Status.OPTIMAL:
            break
    return best


def least_loaded(ground: Ground) -> Draft:
    """The floor: visits in their order, the lightest pair each, nothing left to chance."""
    draft = Draft(ground)
    for at in range(len(ground.visits)):
        _seat(draft, at, cheapest(draft, at, chance=None, enough=1))
    return draft


def _drawn_once(limits: Limits, chance: Random, stop: Stop | None, tell: Tell | None, rounds: int) -> Rota:
    draft = Draft(limits.start.ground)
    was_stopped = False
    for stretch in stretches(draft.ground):
        patterns.aim(draft, stretch, chance)
        fill(draft, stretch, chance)
        if tell is not None:
            tell("a first rota", draft.unfilled())
        was_stopped = repair.mend(draft, limits, stretch, chance, stop, rounds) or was_stopped
        if tell is not None:
            tell("repairs", draft.unfilled())
    # A repair may free people whom an empty visit could have taken.
    fill(draft, [at for at in range(len(draft.ground.visits)) if not draft.is_filled(at)], chance)
    return judged(draft, limits, was_stopped)


def stretches(ground: Ground) -> Iterator[list[int]]:
    """The visits, a quarter at a time."""
    for weeks in quarters(one.week_starts for one in ground.visits):
        inside = set(weeks)
        yield [at for at, visit in enumerate(ground.visits) if visit.week_starts in inside]


def fill(draft: Draft, visits: list[int], chance: Random) -> None:
    """Give every visit the cheapest pair still to be had, the visits with the fewest candidates first."""
    ground = draft.ground
    order = sorted(visits, key=lambda at: (len(ground.who_could[at]), chance.random()))
    for at in order:
        _seat(draft, at, cheapest(draft, at, chance))


def _seat(draft: Draft, at: int, pair: tuple[int, int] | None) -> None:
    for who in pair or ():
        if who not in draft.pairs[at]:
            draft.place(at, who)
