"""What drawing with a solver gives, held against the rules, the floor and every rota that there is."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from icv.planner import greedy, solving
from icv.planner.problem import Planned, Problem, Rules
from icv.planner.rota import Aim, Rota, Status
from icv.planner.solving.highs import Highs
from icv.planner.solving.model import Answer, Model
from tests.planner import checker
from tests.planner.schemes import MONDAY, scheme, schemes, visitor, week
from tests.planner.test_proofs import every_rota

quick = settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
PROVEN = 4
"""Goals that `optimal` speaks of."""


def never() -> bool:
    return False


def drawn(problem: Problem) -> Rota:
    return solving.draw(problem, greedy.draw(problem, tries=1), Highs(never), never)


@quick
@given(schemes())
def test_no_rota_breaks_a_rule_or_is_worse_than_its_floor_or_its_bounds(problem: Problem) -> None:
    floor = greedy.draw(problem, tries=1)
    rota = solving.draw(problem, floor, Highs(never), never)
    assert checker.faults(problem, rota) == []
    assert rota.worth() <= floor.worth()
    assert all(goal.value >= (goal.bound or 0) for goal in rota.certificate)


@quick
@given(schemes(most_people=4, most_suites=2, most_weeks=2))
def test_no_rota_at_all_beats_what_is_drawn_and_proven_for_a_tiny_scheme(problem: Problem) -> None:
    rota = drawn(problem)
    for other in every_rota(problem):
        assert rota.worth()[:PROVEN] <= other.worth()[:PROVEN]


@quick
@given(schemes())
def test_the_same_problem_gives_the_same_rota(problem: Problem) -> None:
    assert drawn(problem) == drawn(Problem.from_json(problem.to_json()))


def test_the_worked_size_is_proven_to_its_pairs() -> None:
    evenings = frozenset((day, band) for day in range(5) for band in (3, 4))
    crew = [visitor(key, free=evenings if key % 3 else None, last_suite=key % 3 + 1) for key in range(1, 32)]
    rota = drawn(scheme(crew, suites=3, weeks=13))
    assert rota.status is Status.OPTIMAL
    assert (rota.quality.visits_per_visitor_min, rota.quality.visits_per_visitor_max) == (2, 3)


def test_people_and_suites_that_have_nothing_in_common_are_proven_apart() -> None:
    crew = [visitor(key, suites=frozenset({key % 3 + 1})) for key in range(1, 25)]
    problem = scheme(crew, suites=3, weeks=8)
    told: list[str] = []
    rota = solving.draw(
        problem,
        greedy.draw(problem, tries=1),
        Highs(never),
        never,
        lambda phase, best, bound: told.append(phase),
    )
    assert [phase for phase in told if phase.endswith("3")] == [
        f"fair loads, times and pairs, group {number} of 3" for number in (1, 2, 3)
    ]
    assert rota.status is Status.OPTIMAL


@pytest.mark.parametrize("rules", [Rules(gap_weeks=2), Rules(visits_a_week=2, gap_weeks=1)])
def test_gaps_between_visits_are_kept_and_the_fewest_empty_visits_proven(rules: Rules) -> None:
    problem = scheme(7, suites=2, weeks=6, rules=rules)
    rota = drawn(problem)
    assert checker.faults(problem, rota) == []
    unfilled = rota.certificate[0]
    assert (unfilled.aim, unfilled.proven) == (Aim.UNFILLED, True)


def test_two_without_a_time_in_common_are_not_counted_on() -> None:
    """Each is free for the visit, and only the third has a time in common with anybody."""
    crew = [
        visitor(1, free=frozenset({(0, 0)})),
        visitor(2, free=frozenset({(1, 0)})),
        visitor(3, free=frozenset({(0, 0), (1, 0)}), most_in_period=1),
    ]
    rota = drawn(scheme(crew, weeks=3))
    unfilled = rota.certificate[0]
    assert (unfilled.value, unfilled.bound, unfilled.proven) == (2, 2, True)


def test_locked_places_stay_and_only_whoever_has_a_time_in_common_joins() -> None:
    crew = [
        visitor(1, free=frozenset({(2, 2)})),
        visitor(2, free=frozenset({(3, 3)})),
        visitor(3, free=frozenset({(2, 2), (4, 4)})),
    ]
    rota = drawn(scheme(crew, visits=(Planned(7, 1, MONDAY, (None, 1)), Planned(8, 1, week(1), (3, 2)))))
    assert [one.visitors for one in rota.drawn] == [(3, 1), (3, 2)]
    assert rota.drawn[0].timeslots == ((2, 2),)


class Silent:
    """A solver that is stopped before it can say anything."""

    def relaxed(self, model: Model) -> Answer:
        return Answer([], 0.0, float("-inf"), was_stopped=True)

    def whole(self, model: Model, *, most_nodes: int, gap: float = 0.0) -> Answer:
        return self.relaxed(model)

    def at_a_glance(self, model: Model, seed: int) -> Answer:
        return self.relaxed(model)


def test_with_no_answer_from_the_solver_the_floor_stands() -> None:
    problem = replace(scheme(8, suites=2, weeks=5), seed=3)
    floor = greedy.draw(problem, tries=1)
    rota = solving.draw(problem, floor, Silent(), never)
    assert rota.was_stopped
    assert rota.worth() <= floor.worth()
    assert checker.faults(problem, rota) == []


def test_stopped_in_the_middle_the_rota_is_whole() -> None:
    problem = scheme(31, suites=3, weeks=13)
    asked = 0

    def soon() -> bool:
        nonlocal asked
        asked += 1
        return asked > 200

    rota = solving.draw(problem, greedy.draw(problem, tries=1), Highs(soon), soon)
    assert (rota.was_stopped, rota.quality.unfilled) == (True, 0)
    assert checker.faults(problem, rota) == []
