"""How good a rota is, and what can be proven of it without a solver."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from icv.planner import timeslots
from icv.planner.bounds import Limits, least_repeated
from icv.planner.draft import Draft, Pairs
from icv.planner.ground import Ground
from icv.planner.problem import Problem
from icv.planner.rota import Aim, Drawn, Goal, Quality, Rota, Status

PROVEN_FOR_OPTIMAL = (Aim.UNFILLED, Aim.LOAD, Aim.TIMESLOTS, Aim.REPEATED_PAIRS)


def judged(draft: Draft, limits: Limits, was_stopped: bool) -> Rota:
    """The finished answer; the timeslots are settled here, for the pairs as they stand."""
    ground = draft.ground
    certificate = _certificate(draft, limits, timeslots.settle(draft))
    return Rota(
        seed=ground.problem.seed,
        status=_status([draft.is_filled(at) for at in range(len(ground.visits))], certificate),
        drawn=tuple(_drawn(draft, at) for at in range(len(ground.visits))),
        quality=_quality(draft),
        certificate=certificate,
        assumed_free=sum(1 for one in ground.visitors if one.free is None),
        was_stopped=was_stopped,
    )


def as_it_stands(problem: Problem, pairs: Pairs) -> Rota:
    """The answer for pairs that somebody put together by hand, kept as they are even against the rules."""
    ground = Ground(problem)
    return judged(Draft.of(ground, pairs), Limits(ground), was_stopped=False)


def proven_further(rota: Rota, bounds: Mapping[Aim, int]) -> Rota:
    """The same rota with what else is known that no rota can beat, each once the goals before are met."""
    values: dict[Aim, tuple[int, int | None]] = {}
    are_met = True
    for goal in rota.certificate:
        further = bounds.get(goal.aim) if are_met else None
        bound = max((one for one in (goal.bound, further) if one is not None), default=None)
        values[goal.aim] = goal.value, bound
        are_met = are_met and goal.value == bound
    certificate = _goals(values)
    return replace(
        rota, certificate=certificate, status=_status([one.is_filled for one in rota.drawn], certificate)
    )


def _status(filled: list[bool], certificate: tuple[Goal, ...]) -> Status:
    if filled and not any(filled) and certificate[0].proven:
        return Status.INFEASIBLE
    is_proven = all(goal.proven for goal in certificate if goal.aim in PROVEN_FOR_OPTIMAL)
    return Status.OPTIMAL if is_proven else Status.FEASIBLE


def _drawn(draft: Draft, at: int) -> Drawn:
    """Locked visitors keep the place they were locked to."""
    visit = draft.ground.visits[at]
    others = [draft.ground.visitors[who].key for who in draft.pairs[at] if who not in draft.ground.held[at]]
    places = [key if key is not None or not others else others.pop(0) for key in visit.locked]
    return Drawn(visit.key, (places[0], places[1]), timeslots.suggested(draft, at))


def _quality(draft: Draft) -> Quality:
    ground = draft.ground
    counts = [draft.count[who] for who in sorted({who for able in ground.who_could for who in able})]
    reached: dict[int, int] = dict.fromkeys(ground.suite, 0)
    for at, pair in enumerate(draft.pairs):
        if len(pair) == 2:
            reached[ground.suite[at]] |= ground.common(pair[0], pair[1], at)
    suites = dict(zip(ground.suite, ground.open, strict=True))
    return Quality(
        unfilled=draft.unfilled(),
        visits_per_visitor_min=min(counts, default=0),
        visits_per_visitor_max=max(counts, default=0),
        repeated_pairs=_repeated(draft),
        timeslots=sum(bits.bit_count() for bits in suites.values()),
        timeslots_reachable=sum(bits.bit_count() for bits in reached.values()),
    )


def _certificate(draft: Draft, limits: Limits, slot_faults: int) -> tuple[Goal, ...]:
    """Each goal with a bound that holds once the goals before it are met; proven only if they are too."""
    values: dict[Aim, tuple[int, int | None]] = {
        Aim.UNFILLED: (draft.unfilled(), limits.least_unfilled),
        Aim.LOAD: (draft.load(), limits.least_load(draft)),
        Aim.TIMESLOTS: (slot_faults, 0),
        Aim.REPEATED_PAIRS: (_repeated(draft), least_repeated(draft)),
        Aim.SAME_SUITE: (_same_suite(draft), 0),
        Aim.MET_BEFORE: (_met_before(draft), 0),
    }
    return _goals(values)


def _goals(values: Mapping[Aim, tuple[int, int | None]]) -> tuple[Goal, ...]:
    goals: list[Goal] = []
    for aim, (value, bound) in values.items():
        proven = value == bound and all(goal.proven for goal in goals)
        goals.append(Goal(aim, value, bound, proven))
    return tuple(goals)


def _repeated(draft: Draft) -> int:
    return sum(times - 1 for times in draft.together.values() if times > 1)


def _same_suite(draft: Draft) -> int:
    ground = draft.ground
    been: dict[int, list[tuple[int, int]]] = {}
    for at, pair in enumerate(draft.pairs):
        for who in pair:
            been.setdefault(who, []).append((ground.week[at], ground.suite[at]))
    again = 0
    for who, visits in been.items():
        suites = [ground.visitors[who].last_suite, *(suite for _, suite in sorted(visits))]
        again += sum(1 for one, after in pairwise(suites) if one == after)
    return again


def _met_before(draft: Draft) -> int:
    return sum(draft.ground.past(*pair) for pair in draft.pairs if len(pair) == 2)
