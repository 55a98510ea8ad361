"""What holds of every rota drawn, whatever the scheme."""

from dataclasses import replace

from hypothesis import Phase, given, settings

from icv.planner import greedy
from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.explain import Cause, candidates, capacity, why_empty
from icv.planner.ground import Ground
from icv.planner.judge import judged
from icv.planner.problem import Planned, Problem
from icv.planner.rota import Aim, Rota, Status
from tests.planner import checker
from tests.planner.schemes import schemes
from tests.thorough import TIMES

quick = settings(max_examples=12 * TIMES, deadline=None, phases=[Phase.generate])


@quick
@given(schemes())
def test_no_rota_breaks_a_rule(problem: Problem) -> None:
    assert checker.faults(problem, greedy.draw(problem)) == []


@quick
@given(schemes())
def test_the_same_problem_gives_the_same_rota(problem: Problem) -> None:
    assert greedy.draw(problem) == greedy.draw(Problem.from_json(problem.to_json()))


@quick
@given(schemes())
def test_a_visit_stays_empty_only_when_nobody_could_simply_be_put_on_it(problem: Problem) -> None:
    rota = greedy.draw(problem)
    for one in rota.drawn:
        assert one.is_filled or not checker.fillable(problem, rota, one.visit)


@quick
@given(schemes())
def test_the_reasons_for_an_empty_visit_add_up_and_its_cause_is_true(problem: Problem) -> None:
    rota, alone = greedy.draw(problem), locked_only(problem)
    for one in rota.drawn:
        if not one.is_filled:
            why = why_empty(problem, rota, one.visit)
            assert sum(count for _, count in why.removed) + why.left == why.visitors
            assert why.visitors + 2 - why.needs == len(problem.visitors)
            could = checker.fillable(problem, alone, one.visit)
            assert why.cause is (Cause.COMPETITION if could else Cause.STRUCTURAL)


@quick
@given(schemes())
def test_a_candidate_without_reasons_against_may_be_put_there(problem: Problem) -> None:
    rota = greedy.draw(problem)
    for one in rota.drawn[:2]:
        if one.is_filled:
            found = candidates(problem, rota, one.visit, 0)
            assert sorted(each.visitor for each in found) == sorted(each.key for each in problem.visitors)
            assert all(each.may_go == allowed(problem, rota, one.visit, each.visitor) for each in found)


@quick
@given(schemes())
def test_nothing_beats_a_bound(problem: Problem) -> None:
    rota = greedy.draw(problem)
    assert all(goal.value >= (goal.bound or 0) for goal in rota.certificate)
    assert rota.quality.unfilled >= len(problem.visits) - capacity(problem).can_give // 2
    if rota.status is Status.INFEASIBLE:
        assert not any(one.is_filled for one in rota.drawn)


@quick
@given(schemes())
def test_never_worse_than_giving_each_visit_to_the_least_loaded(problem: Problem) -> None:
    assert goals(greedy.draw(problem)) <= goals(least_loaded_first(problem))


def goals(rota: Rota) -> list[int]:
    return [goal.value for goal in rota.certificate if goal.aim is not Aim.MET_BEFORE]


def least_loaded_first(problem: Problem) -> Rota:
    """What better tools than a spreadsheet do: visits in order, each to the two with the smallest loads."""
    draft = Draft(Ground(problem))
    for at in range(len(problem.visits)):
        pairs = (
            []
            if draft.is_filled(at)
            else sorted(lightest_first(draft, pair) for pair in draft.legal_pairs(at))
        )
        for who in pairs[0][2] if pairs else ():
            if who not in draft.pairs[at]:
                draft.place(at, who)
    return judged(draft, Limits(draft.ground), was_stopped=False)


def lightest_first(draft: Draft, pair: tuple[int, int]) -> tuple[int, list[tuple[int, int]], tuple[int, int]]:
    loads = sorted((draft.dear[who], who) for who in pair)
    return sum(load for load, _ in loads), loads, pair


def locked_only(problem: Problem) -> Rota:
    draft = Draft(Ground(problem))
    return judged(draft, Limits(draft.ground), was_stopped=False)


def allowed(problem: Problem, rota: Rota, visit: int, visitor: int) -> bool:
    """Whether the checker passes the rota with somebody else in the first place of a visit."""
    drawn = next(one for one in rota.drawn if one.visit == visit)
    place = next(one for one in problem.visits if one.key == visit)
    freed = replace(problem, visits=tuple(without_first_lock(one, visit) for one in problem.visits))
    people = {one.key: one for one in problem.visitors}
    partner = drawn.visitors[1]
    if partner is None or visitor == partner:
        return False
    times = checker.common_times(freed, without_first_lock(place, visit), people[visitor], people[partner])
    other = replace(drawn, visitors=(visitor, partner), timeslots=tuple(times))
    changed = replace(rota, drawn=tuple(other if one.visit == visit else one for one in rota.drawn))
    return checker.faults(freed, changed) == []


def without_first_lock(planned: Planned, visit: int) -> Planned:
    return replace(planned, locked=(None, planned.locked[1])) if planned.key == visit else planned
