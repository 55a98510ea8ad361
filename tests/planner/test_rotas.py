"""Rotas of small schemes whose best answer a person can see."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from icv.planner import greedy
from icv.planner.problem import Duty, Planned, Problem, SuiteNeeds
from icv.planner.rota import Aim, Rota, Status
from tests.planner import checker
from tests.planner.schemes import MONDAY, scheme, visitor, week


def visits_each(rota: Rota) -> Counter[int]:
    return Counter(who for one in rota.drawn for who in one.visitors if who is not None)


def test_nobody_at_all_leaves_every_visit_empty() -> None:
    rota = greedy.draw(scheme(0, suites=2, weeks=2))
    assert (rota.quality.unfilled, rota.status) == (4, Status.INFEASIBLE)


def test_one_visitor_never_goes_alone() -> None:
    assert greedy.draw(scheme(1)).drawn[0].visitors == (None, None)


def test_a_crew_of_probationers_goes_nowhere() -> None:
    crew = [visitor(key, probation=((None, None),)) for key in range(1, 6)]
    assert greedy.draw(scheme(crew, weeks=3)).quality.unfilled == 3


def test_one_experienced_visitor_takes_a_probationer_along() -> None:
    crew = [visitor(1), *(visitor(key, probation=((None, None),)) for key in range(2, 5))]
    rota = greedy.draw(scheme(crew, weeks=3))
    assert rota.quality.unfilled == 0
    assert visits_each(rota) == {1: 3, 2: 1, 3: 1, 4: 1}


def test_the_worked_size_is_proven_optimal_and_fair() -> None:
    rota = greedy.draw(scheme(31, suites=3, weeks=13))
    assert rota.status is Status.OPTIMAL
    assert (rota.quality.visits_per_visitor_min, rota.quality.visits_per_visitor_max) == (2, 3)
    assert rota.quality.repeated_pairs == 0


def test_another_seed_gives_another_rota_of_equal_quality() -> None:
    problem = scheme(12, suites=2, weeks=8)
    one, other = greedy.draw(problem), greedy.draw(replace(problem, seed=2))
    assert one.drawn != other.drawn
    assert one.certificate[:4] == other.certificate[:4]


def test_shares_follow_wishes_and_what_was_carried_over() -> None:
    crew = [visitor(1, wanted_a_month=2.0), *(visitor(key, wanted_a_month=1.0) for key in range(2, 5))]
    assert visits_each(greedy.draw(scheme(crew, weeks=5)))[1] == 4
    tired = [visitor(1, carried_visits=3.0), *(visitor(key) for key in range(2, 5))]
    assert visits_each(greedy.draw(scheme(tired, weeks=3)))[1] == 0


def test_somebody_cleared_for_half_the_period_has_half_a_share() -> None:
    crew = [visitor(1, cleared=((week(4), None),)), *(visitor(key) for key in range(2, 5))]
    assert visits_each(greedy.draw(scheme(crew, weeks=7)))[1] == 2


def test_a_locked_place_stays_even_against_the_rules() -> None:
    crew = [visitor(1, cleared=()), visitor(2), visitor(3)]
    problem = scheme(crew, visits=(Planned(7, 1, MONDAY, (None, 1)), Planned(8, 1, week(1), (3, 2))))
    rota = greedy.draw(problem)
    assert rota.drawn[0].visitors[1] == 1
    assert rota.drawn[0].visitors[0] in (2, 3)
    assert rota.drawn[1].visitors == (3, 2)


def test_a_visit_nobody_may_join_keeps_whoever_is_locked_to_it() -> None:
    problem = scheme([visitor(1), visitor(2, cleared=())], visits=(Planned(7, 1, MONDAY, (1, None)),))
    assert greedy.draw(problem).drawn[0].visitors == (1, None)


def test_timeslots_the_suite_lacks_come_first() -> None:
    lacking = [(2, 1), (5, 3), (6, 4)]
    every = [(day, band) for day in range(7) for band in range(5)]
    suite = SuiteNeeds(1, "Euston Street", tuple((slot, 1) for slot in every if slot not in lacking))
    rota = greedy.draw(replace(scheme(6, weeks=3), suites=(suite,)))
    assert sorted(one.timeslots[0] for one in rota.drawn) == lacking


def test_no_weekday_or_band_is_suggested_twice_running_and_the_weekend_has_its_share() -> None:
    suggested = [one.timeslots[0] for one in greedy.draw(scheme(6, weeks=13)).drawn]
    for (weekday, band), (next_weekday, next_band) in pairwise(suggested):
        assert weekday != next_weekday
        assert band != next_band
    assert sum(weekday >= 5 for weekday, _ in suggested) >= 3
    assert sum(band == 4 for _, band in suggested) >= 2


def test_a_year_keeps_the_loads_within_one_visit() -> None:
    rota = greedy.draw(scheme(31, suites=3, weeks=53))
    assert rota.quality.unfilled == 0
    assert rota.quality.visits_per_visitor_max - rota.quality.visits_per_visitor_min <= 1


def test_a_scarce_visitor_is_freed_for_the_visit_that_needs_them() -> None:
    """Only 1 and 2 may go to the second suite; everybody may go to the first."""
    crew = [visitor(1), visitor(2), *(visitor(key, barred_suites=frozenset({2})) for key in (3, 4))]
    assert greedy.draw(scheme(crew, suites=2)).quality.unfilled == 0


def test_whoever_a_repair_frees_is_put_where_they_are_missing() -> None:
    crew = [
        visitor(1, cleared=(), wanted_a_month=0.0),
        visitor(2, wanted_a_month=2.0, most_a_month=1, carried_visits=1.5),
        visitor(3, wanted_a_month=0.5, most_in_period=1),
        visitor(4, most_in_period=2),
        visitor(5, cleared=((None, date(2024, 1, 7)),), barred_suites=frozenset({2})),
    ]
    problem = scheme(crew, suites=2, weeks=5, seed=67, duties=(Duty(4, 1, week(4)),))
    rota = greedy.draw(problem)
    assert not any(checker.fillable(problem, rota, one.visit) for one in rota.drawn if not one.is_filled)


def test_time_running_out_leaves_a_whole_rota_that_keeps_every_rule() -> None:
    problem = scheme(31, suites=3, weeks=13)
    rota = greedy.draw(problem, stop=lambda: True)
    assert rota.was_stopped
    assert rota.quality.unfilled == 0
    assert checker.faults(problem, rota) == []


def test_progress_is_told_phase_by_phase() -> None:
    told: list[tuple[str, int]] = []
    greedy.draw(scheme(6, weeks=2), tell=lambda phase, unfilled: told.append((phase, unfilled)))
    assert told[:2] == [("a first rota", 0), ("repairs", 0)]


def test_visitors_taken_as_free_are_counted() -> None:
    crew = [visitor(1), visitor(2, free=frozenset({(0, 0)})), visitor(3)]
    assert greedy.draw(scheme(crew)).assumed_free == 2


def test_a_month_is_the_one_in_which_the_week_ends() -> None:
    """The week of 29 January 2024 ends in February."""
    crew = [visitor(1, most_a_month=1), visitor(2, most_a_month=1)]
    mondays = [date(2024, 1, 22), date(2024, 1, 29), date(2024, 2, 5)]
    problem = scheme(crew, visits=tuple(Planned(at, 1, monday) for at, monday in enumerate(mondays)))
    rota = greedy.draw(problem)
    assert rota.quality.unfilled == 1
    assert rota.drawn[0].is_filled


def test_a_pair_must_repeat_where_there_are_only_two_visitors_and_that_is_proven() -> None:
    rota = greedy.draw(scheme(2, weeks=3))
    repeated = next(goal for goal in rota.certificate if goal.aim is Aim.REPEATED_PAIRS)
    assert (repeated.value, repeated.bound, repeated.proven) == (2, 2, True)


def test_loads_stay_even_when_only_one_of_two_visits_can_be_filled() -> None:
    """Visitor 3 may go to the first suite only: filling the second each week would leave them out."""
    crew = [visitor(1), visitor(2), visitor(3, barred_suites=frozenset({2}))]
    rota = greedy.draw(scheme(crew, suites=2, weeks=3))
    assert sorted(visits_each(rota).values()) == [2, 2, 2]


def a_year_later(problem: Problem) -> Problem:
    return replace(
        problem,
        visits=tuple(replace(v, week_starts=v.week_starts + timedelta(weeks=52)) for v in problem.visits),
    )


def test_the_calendar_year_makes_no_difference() -> None:
    problem = scheme(9, suites=2, weeks=6)
    assert greedy.draw(a_year_later(problem)).drawn == greedy.draw(problem).drawn
