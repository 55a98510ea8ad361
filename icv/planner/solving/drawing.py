"""Drawing with a solver: each group to proof, then the finer goals; what was drawn without is the floor."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.greedy import fill
from icv.planner.ground import Ground
from icv.planner.judge import judged, proven_further
from icv.planner.problem import Problem
from icv.planner.rota import Aim, Rota
from icv.planner.solving.finishing import finish, place
from icv.planner.solving.groups import groups
from icv.planner.solving.model import Solver
from icv.planner.solving.proving import Proof, prove

Tell = Callable[[str, int, int], None]
"""Told what is done next, the visits empty in the best rota so far, and the fewest that any could leave."""


def draw(
    problem: Problem, floor: Rota, solver: Solver, stop: Callable[[], bool], tell: Tell | None = None
) -> Rota:
    """The better of the floor and what the solver leads to, with what is proven of it.

    The same problem gives the same rota, unless `stop` says that time is up.
    """
    ground = Ground(problem)
    limits = Limits(ground)
    chance = Random(problem.seed)  # noqa: S311  the seed is the caller's secret
    parts = groups(ground)
    proofs: list[Proof] = []
    for number, visits in enumerate(parts, 1):
        if tell is not None:
            which = f", group {number} of {len(parts)}" if len(parts) > 1 else ""
            tell(f"fair loads, times and pairs{which}", floor.quality.unfilled, limits.least_unfilled)
        empty = sum(not floor.drawn[at].is_filled for at in visits)
        proof = prove(limits, visits, empty, solver, chance)
        if proof.is_drawn:
            finish(limits, proof, solver, chance, stop)
        proofs.append(proof)
    draft = _together(ground, floor, proofs)
    was_stopped = floor.was_stopped or any(proof.was_stopped for proof in proofs)
    fill(draft, [at for at in range(len(ground.visits)) if not draft.is_filled(at)], chance)
    best = min(floor, judged(draft, limits, was_stopped), key=Rota.worth)
    return proven_further(replace(best, was_stopped=was_stopped), _bounds(limits, proofs))


def better(rota: Rota, other: Rota) -> Rota:
    """Of two rotas for one problem, with all that is proven in the first."""
    if rota.worth() <= other.worth():
        return rota
    bounds = {goal.aim: goal.bound for goal in rota.certificate if goal.bound is not None}
    return proven_further(other, bounds)


def _together(ground: Ground, floor: Rota, proofs: list[Proof]) -> Draft:
    """One draft of all groups; one whose proof was cut short keeps the pairs and the times of the floor."""
    draft = Draft(ground)
    for proof in proofs:
        if proof.is_drawn:
            place(draft, proof)
        else:
            _place_floor(draft, floor, proof.visits)
    return draft


def _place_floor(draft: Draft, floor: Rota, visits: list[int]) -> None:
    ground = draft.ground
    for at in visits:
        drawn = floor.drawn[at]
        for key in drawn.visitors:
            if key is not None and ground.at[key] not in draft.pairs[at]:
                draft.place(at, ground.at[key])
        for day, band in drawn.timeslots[:1]:
            draft.target[at] = 1 << day * ground.rules.bands + band


def _bounds(limits: Limits, proofs: list[Proof]) -> dict[Aim, int]:
    """Sums over the groups, of those goals for which every group has a bound."""
    found: dict[Aim, list[int | None]] = {
        Aim.UNFILLED: [proof.least_empty for proof in proofs],
        Aim.LOAD: [limits.start.load(), *(proof.least_load for proof in proofs)],
        Aim.TIMESLOTS: [proof.least_faults for proof in proofs],
        Aim.REPEATED_PAIRS: [proof.least_repeats for proof in proofs],
    }
    known = {aim: [one for one in least if one is not None] for aim, least in found.items()}
    bounds = {aim: sum(known[aim]) for aim, least in found.items() if len(known[aim]) == len(least)}
    bounds[Aim.UNFILLED] = max(bounds.get(Aim.UNFILLED, 0), limits.least_unfilled)
    return bounds
