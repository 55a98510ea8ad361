"""Drawing with a solver: each group to proof, then the finer goals; what was drawn without is the floor."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.greedy import fill
from icv.planner.ground import Ground
from icv.planner.groups import groups
from icv.planner.judge import judged, proven_further
from icv.planner.model import Solver
from icv.planner.problem import Problem
from icv.planner.proving import Proof, prove
from icv.planner.refine import Refining
from icv.planner.rota import Aim, Rota

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
            tell(f"fair loads and times{which}", floor.quality.unfilled, limits.least_unfilled)
        empty = sum(not floor.drawn[at].is_filled for at in visits)
        proofs.append(prove(limits, visits, empty, solver, chance))
    draft = _together(ground, floor, proofs)
    bounds = _bounds(limits, proofs)
    if tell is not None:
        tell("new pairs", min(floor.quality.unfilled, draft.unfilled()), bounds[Aim.UNFILLED])
    was_stopped = floor.was_stopped or any(proof.was_stopped for proof in proofs)
    for proof in proofs:
        was_stopped = Refining(draft, proof.visits, chance).run(stop) or was_stopped
    fill(draft, [at for at in range(len(ground.visits)) if not draft.is_filled(at)], chance)
    best = min(floor, judged(draft, limits, was_stopped), key=Rota.worth)
    return proven_further(replace(best, was_stopped=was_stopped), bounds)


def _together(ground: Ground, floor: Rota, proofs: list[Proof]) -> Draft:
    """One draft of all groups; one whose proof was cut short keeps the pairs and the times of the floor."""
    draft = Draft(ground)
    for proof in proofs:
        for at in proof.visits:
            drawn = floor.drawn[at]
            floored = [ground.at[key] for key in drawn.visitors if key is not None]
            for who in proof.pairs.get(at, ()) if proof.is_drawn else floored:
                if who not in draft.pairs[at]:
                    draft.place(at, who)
            suggested = next((day * ground.rules.bands + band for day, band in drawn.timeslots), None)
            slot = proof.aims.get(at) if proof.is_drawn else suggested
            draft.target[at] = 0 if slot is None or not draft.is_filled(at) else 1 << slot
    return draft


def _bounds(limits: Limits, proofs: list[Proof]) -> dict[Aim, int]:
    """Sums over the groups, of those goals for which every group has a bound."""
    found: dict[Aim, list[int | None]] = {
        Aim.UNFILLED: [proof.least_empty for proof in proofs],
        Aim.LOAD: [limits.start.load(), *(proof.least_load for proof in proofs)],
        Aim.TIMESLOTS: [proof.least_faults for proof in proofs],
    }
    known = {aim: [one for one in least if one is not None] for aim, least in found.items()}
    bounds = {aim: sum(known[aim]) for aim, least in found.items() if len(known[aim]) == len(least)}
    bounds[Aim.UNFILLED] = max(bounds.get(Aim.UNFILLED, 0), limits.least_unfilled)
    return bounds
