"""The words in which the planner says why."""

from dataclasses import replace
from datetime import date

import pytest

from icv.planner import greedy
from icv.planner.certificate import COUNTED, WANTED, certificate_words, goals_in_words
from icv.planner.explain import Cause, candidates, capacity, way_out, why_empty
from icv.planner.judge import as_it_stands
from icv.planner.pairing import SENTENCES, SHORT, Bar
from icv.planner.problem import Duty, Planned, Problem, Rules, SuiteNeeds, Visitor
from icv.planner.rota import Aim, Drawn, Goal, Rota, Status
from icv.planner.wire import BadProblem
from tests.planner.schemes import MONDAY, scheme, visitor, week

AWAY = ((MONDAY, date(2024, 1, 7)),)
ONLY_MONDAY, ONLY_FRIDAY = frozenset({(0, 1)}), frozenset({(4, 1)})


def test_every_reason_has_its_words() -> None:
    assert set(SENTENCES) == set(SHORT) == set(Bar)


def test_the_cascade_counts_each_visitor_once_at_the_first_reason() -> None:
    crew = [
        visitor(1, cleared=(), away=AWAY),
        visitor(2, cleared=((None, date(2024, 1, 4)),)),
        visitor(3, barred_suites=frozenset({1}), away=AWAY),
        visitor(4, suites=frozenset({2})),
        visitor(5, away=AWAY),
        visitor(6, free=ONLY_MONDAY, away=((MONDAY, MONDAY),)),
        visitor(7, free=frozenset()),
        visitor(8, most_in_period=0),
        visitor(9),
    ]
    problem = scheme(crew)
    why = why_empty(problem, greedy.draw(problem), 1)
    assert why.sentence == (
        "9 visitors: 2 not cleared, 1 barred from this suite, 1 in a team that does not visit it, 2 away, "
        "1 not free, 1 with all their visits of the period, 1 left, a visit needs 2"
    )
    assert why.cause is Cause.STRUCTURAL


def test_somebody_cleared_on_the_days_they_could_go_is_cleared_for_the_week() -> None:
    lapses_on_tuesday = ((None, date(2024, 1, 2)),)
    problem = scheme([visitor(1, cleared=lapses_on_tuesday, free=ONLY_MONDAY), visitor(2)])
    assert greedy.draw(problem).drawn[0].visitors == (1, 2)


@pytest.mark.parametrize(
    ("crew", "bar"),
    [
        ([visitor(1), visitor(2, barred_people=frozenset({1}))], Bar.CONFLICT),
        ([visitor(1, free=ONLY_MONDAY), visitor(2, free=ONLY_FRIDAY)], Bar.NO_COMMON_TIME),
    ],
)
def test_two_who_may_not_go_together_leave_a_visit_empty_and_it_says_so(
    crew: list[Visitor], bar: Bar
) -> None:
    problem = scheme(crew)
    rota = greedy.draw(problem)
    assert rota.status is Status.INFEASIBLE
    assert why_empty(problem, rota, 1).sentence == (
        "2 visitors: 2 with nobody they may go with, 0 left, a visit needs 2"
    )
    held = replace(problem, visits=(replace(problem.visits[0], locked=(1, None)),))
    beside = candidates(held, greedy.draw(held), 1, 1)
    assert {one.visitor: one.bars for one in beside} == {1: (Bar.ALREADY_ON_VISIT,), 2: (bar,)}


@pytest.mark.parametrize(("most", "allowed"), [(1, "at most 1 of a pair"), (0, "nobody of a pair")])
def test_where_all_are_on_probation_the_rule_is_named_and_what_to_do(most: int, allowed: str) -> None:
    crew = [visitor(1, probation=((None, None),)), visitor(2, probation=((None, MONDAY),))]
    problem = scheme(crew, rules=Rules(most_probationers=most))
    assert why_empty(problem, greedy.draw(problem), 1).sentence == (
        "2 visitors: 2 on probation, who may not go together, 0 left, a visit needs 2. Everybody left is on"
        f" probation, and {allowed} may be: change the rule in Settings, or wait for an appointment to be"
        " confirmed"
    )
    held = replace(problem, visits=(replace(problem.visits[0], locked=(1, None)),))
    (beside,) = [one for one in candidates(held, greedy.draw(held), 1, 1) if one.visitor == 2]
    assert beside.bars == (Bar.PROBATION,)
    more = scheme([*crew, visitor(3, barred_people=frozenset({1, 2}))])
    assert "3 with nobody they may go with, 0 left, a visit needs 2" in (
        why_empty(more, greedy.draw(more), 1).sentence
    )


@pytest.mark.parametrize(
    ("person", "rules", "bar"),
    [
        (visitor(1), Rules(), Bar.WEEK_TAKEN),
        (visitor(1, most_a_month=1), Rules(visits_a_week=2), Bar.MONTH_FULL),
        (visitor(1), Rules(visits_a_week=2, gap_weeks=1), Bar.TOO_SOON),
    ],
)
def test_visits_elsewhere_stand_in_the_way(person: Visitor, rules: Rules, bar: Bar) -> None:
    elsewhere = Duty(1, 9, week(1) if bar is Bar.TOO_SOON else MONDAY)
    problem = scheme([person, visitor(2)], rules=rules, duties=(elsewhere,))
    rota = greedy.draw(problem)
    assert candidates(problem, rota, 1, 0)[1].bars == (bar,)


def test_competition_names_who_would_have_to_give_whom_up() -> None:
    problem = scheme(2, suites=2)
    rota = greedy.draw(problem)
    empty = next(one.visit for one in rota.drawn if not one.is_filled)
    why = why_empty(problem, rota, empty)
    assert (why.cause, len(why.given_up)) == (Cause.COMPETITION, 2)
    held = 3 - empty
    assert way_out(problem, why, {1: "Ann", 2: "Bob"}) == (
        f"Ann could, if Suite {held} gave them up in the week of 1 January 2024; "
        f"Bob could, if Suite {held} gave them up in the week of 1 January 2024."
    )


def test_a_place_left_empty_by_hand_can_be_filled_at_once() -> None:
    problem = scheme(3)
    emptied = as_it_stands(problem, {1: (None, None)})
    assert emptied.quality.unfilled == 1
    assert why_empty(problem, emptied, 1).cause is Cause.OPEN


def test_a_pair_put_together_by_hand_is_judged_as_it_stands() -> None:
    problem = scheme([visitor(1), visitor(2, away=AWAY), visitor(3)])
    rota = as_it_stands(problem, {1: (1, 2)})
    assert rota.drawn == (Drawn(1, (1, 2), ()),)
    assert (rota.quality.unfilled, rota.quality.timeslots_reachable) == (0, 0)


def test_more_visits_by_hand_than_the_rules_allow_are_judged_without_a_claim() -> None:
    problem = scheme(2, suites=2)
    rota = as_it_stands(problem, {1: (1, 2), 2: (1, 2)})
    assert (rota.quality.unfilled, rota.status) == (0, Status.FEASIBLE)
    assert "not proven" in certificate_words(rota)


def test_a_pair_beside_somebody_locked_to_the_visit_is_refused() -> None:
    problem = scheme(3, visits=(Planned(1, 1, MONDAY, (3, None)),))
    with pytest.raises(BadProblem, match="locked to others"):
        as_it_stands(problem, {1: (1, 2)})


def test_candidates_come_cleared_first_and_the_least_loaded_of_those_who_may_go() -> None:
    crew = [
        visitor(1, cleared=()),
        visitor(2, away=AWAY),
        visitor(3, carried_visits=2.0),
        visitor(4),
        visitor(5),
    ]
    problem = scheme(crew)
    rota = greedy.draw(problem)
    assert rota.drawn[0].visitors == (4, 5)
    assert [one.visitor for one in candidates(problem, rota, 1, 0)] == [4, 3, 2, 5, 1]


def test_capacity_is_said_in_one_sum() -> None:
    crew = [visitor(key, most_in_period=2) for key in range(1, 6)]
    assert capacity(scheme(crew, suites=2, weeks=4)).sentence == (
        "8 visits need 16 places; your visitors can give at most 10, so at least 3 stay empty."
    )
    assert capacity(scheme(4)).sentence == "1 visit needs 2 places; your visitors can give at most 4."


def test_a_certificate_speaks_only_of_what_is_proven() -> None:
    proven = greedy.draw(scheme(6, suites=1, weeks=3))
    assert proven.status is Status.OPTIMAL
    assert certificate_words(proven).startswith(
        "No rota for these people and rules leaves fewer visits empty, shares the visits more evenly, "
    )
    assert "not proven" in certificate_words(greedy.draw(one_that_cannot_be_shared()))


def one_that_cannot_be_shared() -> Problem:
    """Visitor 3 could take anything but is never free with visitor 1: loads cannot be even, and counting
    alone does not see why."""
    crew = [visitor(1), visitor(2), visitor(3, barred_people=frozenset({1, 2}))]
    return scheme(crew, weeks=3)


def test_a_rota_that_nobody_can_fill_says_so() -> None:
    rota = greedy.draw(scheme(1))
    assert rota.status is Status.INFEASIBLE
    assert certificate_words(rota) == "The rules let nobody fill any of these visits."


def test_nothing_to_plan_is_said_plainly() -> None:
    rota = greedy.draw(scheme(3, weeks=0))
    assert (rota.status, certificate_words(rota)) == (Status.OPTIMAL, "There was no visit to plan.")


def test_a_suite_may_be_visited_in_its_own_timeslots_only() -> None:
    suite = SuiteNeeds(1, "Reserve", slots=ONLY_FRIDAY)
    problem = scheme([visitor(1, free=ONLY_MONDAY), visitor(2), visitor(3)])
    rota: Rota = greedy.draw(replace(problem, suites=(suite,), visits=(Planned(1, 1, MONDAY),)))
    assert rota.drawn == (Drawn(1, (2, 3), ((4, 1),)),)


def test_each_goal_is_said_with_what_was_reached_and_what_is_known_of_it() -> None:
    goals = [
        Goal(Aim.UNFILLED, 1, 1, True),
        Goal(Aim.LOAD, 500, 500, True),
        Goal(Aim.TIMESLOTS, 2, 0, False),
        Goal(Aim.REPEATED_PAIRS, 3, 2, False),
        Goal(Aim.SAME_SUITE, 0, 0, False),
    ]
    found = goals_in_words(goals, 2, 3)
    assert [one.reached for one in found] == [
        "1 visit without a pair",
        "from 2 to 3 visits each",
        "2 weekdays, times of day or quotas short of the pattern wanted",
        "3 visits whose pair goes together again",
        "no visits by somebody who was at that suite the time before",
    ]
    assert [one.known.split(":")[0] for one in found] == [
        "Proven",
        "Proven",
        "Not proven",
        "Not proven",
        "Nothing is better than none.",
    ]
    assert "a better rota may exist" in found[2].known
    assert "hangs on a goal above" in found[3].known


def test_a_bound_is_told_only_where_it_holds_for_every_rota() -> None:
    (goal,) = goals_in_words([Goal(Aim.UNFILLED, 5, 4, False)], 0, 0)
    assert goal.known == "Not proven: it is known only that no rota has fewer than 4."


def test_every_goal_has_its_words() -> None:
    assert set(WANTED) == set(Aim)
    assert set(COUNTED) == set(Aim) - {Aim.LOAD}
