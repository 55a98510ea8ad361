"""What the planner claims to be proven, held against every rota that there is."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import Phase, given, settings

from icv.planner import greedy
from icv.planner.judge import as_it_stands
from icv.planner.problem import Planned, Problem
from icv.planner.rota import Aim, Rota
from tests.planner import checker
from tests.planner.schemes import schemes


@settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
@given(schemes(most_people=4, most_suites=2, most_weeks=2))
def test_no_rota_at_all_beats_what_is_claimed_for_a_tiny_scheme(problem: Problem) -> None:
    drawn = greedy.draw(problem)
    best = min(worth(rota) for rota in every_rota(problem))
    assert worth(drawn) == best
    unfilled, load = drawn.certificate[:2]
    assert (unfilled.aim, load.aim) == (Aim.UNFILLED, Aim.LOAD)
    assert (unfilled.bound or 0) <= best[0]
    assert not unfilled.proven or (load.bound or 0) <= best[1]


def worth(rota: Rota) -> tuple[int, ...]:
    """Visits unfilled, then how unevenly the shares are met."""
    return rota.worth()[:2]


def every_rota(problem: Problem) -> Iterator[Rota]:
    for pairs in product(*(every_pair(problem, visit) for visit in problem.visits)):
        rota = as_it_stands(
            problem, {visit.key: pair for visit, pair in zip(problem.visits, pairs, strict=True)}
        )
        if not checker.faults(problem, rota):
            yield rota


def every_pair(problem: Problem, visit: Planned) -> list[tuple[int | None, int | None]]:
    """Every pair that might go on the visit, and nobody but whoever is locked to it."""
    held = {one for one in visit.locked if one is not None}
    able = [one for one in problem.visitors if one.key in held or checker.could_go(problem, one, visit)]
    found: list[tuple[int | None, int | None]] = [visit.locked]
    for one, other in combinations([one.key for one in able], 2):
        if held < {one, other}:
            keeps = visit.locked[0] != other and visit.locked[1] != one
            found.append((one, other) if keeps else (other, one))
    return found
