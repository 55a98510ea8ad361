"""Problems and rotas as JSON, and what is answered when a problem does not fit together."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from icv.planner import greedy
from icv.planner.problem import Planned, Problem, SuiteNeeds
from icv.planner.rota import Rota
from icv.planner.wire import BadProblem
from tests.planner.schemes import MONDAY, scheme, schemes, visitor, week
from tests.thorough import TIMES


@settings(max_examples=20 * TIMES, deadline=None)
@given(schemes())
def test_a_problem_comes_back_from_json_as_it_was(problem: Problem) -> None:
    assert Problem.from_json(problem.to_json()) == problem
    assert Problem.from_json(problem.to_json()).to_json() == problem.to_json()


def test_a_rota_comes_back_from_json_as_it_was() -> None:
    rota = greedy.draw(scheme(6, suites=2, weeks=3))
    assert Rota.from_json(rota.to_json()) == rota


def test_a_problem_may_leave_out_what_has_a_default() -> None:
    least = {"seed": 1, "visitors": [{"key": 1, "cleared": []}], "suites": [], "visits": []}
    assert Problem.from_json(json.dumps(least)).visitors == (visitor(1, cleared=()),)


REST = '"seed": 1, "suites": [], "visits": []'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ('{"seed": NaN}', "NaN is not a number"),
        ("[]", "problem: an object is expected"),
        ('{"seed": 1}', "problem.suites: missing"),
        (
            '{"seed": true, "visitors": [], "suites": [], "visits": []}',
            "problem.seed: int is expected, not True",
        ),
        ('{"seed": 1, "colour": 2}', "problem.colour: nothing of this name is known"),
        ('{"seed": 1, "visitors": 3, "suites": [], "visits": []}', "problem.visitors: a list is expected"),
        (
            f'{{"visitors": [{{"key": 1, "cleared": [["2024-02-30", null]]}}], {REST}}}',
            "problem.visitors[0].cleared[0][0]: '2024-02-30' is not a date",
        ),
        (
            '{"seed": 1, "visitors": [{"key": 1, "cleared": [[null]]}], "suites": [], "visits": []}',
            "problem.visitors[0].cleared[0]: 2 values are expected, not 1",
        ),
    ],
)
def test_json_that_is_no_problem_is_answered_by_the_field_at_fault(text: str, said: str) -> None:
    with pytest.raises(BadProblem) as refused:
        Problem.from_json(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (scheme([visitor(1), visitor(1)]), "Visitor 1 is given twice."),
        (scheme(2, visits=(Planned(1, 9, MONDAY),)), "suite 9, which is not among the suites"),
        (scheme(2, visits=(Planned(1, 1, date(2024, 1, 2)),)), "must start on a Monday, not 2024-01-02"),
        (scheme(2, visits=(Planned(1, 1, MONDAY, (1, 1)),)), "the same visitor in both places"),
        (scheme(2, visits=(Planned(1, 1, MONDAY, (None, 7)),)), "visitor 7, who is not among the visitors"),
        (scheme(2, visits=(Planned(1, 1, MONDAY), Planned(2, 1, week(53)))), "at most 53 weeks"),
        (scheme([visitor(1, free=frozenset({(7, 0)}))]), "Timeslot (7, 0) is not on the grid"),
        (scheme([visitor(1, wanted_a_month=-1.0)]), "from 0 to 1000"),
        (scheme([visitor(1, carried_visits=float("inf"))]), "at most 1000 visits can be carried over"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused_with_a_sentence(broken: Problem, said: str) -> None:
    with pytest.raises(BadProblem) as refused:
        greedy.draw(broken)
    assert said in str(refused.value)


def test_fifty_three_weeks_are_drawn() -> None:
    year = scheme(8, suites=1, weeks=53)
    rota = greedy.draw(replace(year, suites=(SuiteNeeds(1, "Euston Street"),)))
    assert rota.quality.unfilled == 0
    assert rota.quality.visits_per_visitor_max - rota.quality.visits_per_visitor_min <= 1
