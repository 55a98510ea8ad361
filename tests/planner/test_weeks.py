"""Which visits a period needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.planner.weeks import OpenPeriod, quarters, visits_in_week, visits_needed, weeks_ending
from icv.planner.wire import BadProblem

YEAR = (date(2024, 1, 1), date(2024, 12, 29))
"""52 whole weeks."""


def always(suite: int, visits_a_week: float = 1) -> OpenPeriod:
    return OpenPeriod(suite, date(2010, 1, 1), None, visits_a_week)


def mondays(periods: list[OpenPeriod], first_on: date, last_on: date) -> list[date]:
    return [monday for _, monday in visits_needed(first_on, last_on, periods)]


def test_a_week_belongs_to_the_period_in_which_it_ends() -> None:
    assert weeks_ending(date(2024, 1, 3), date(2024, 1, 20)) == (date(2024, 1, 1), date(2024, 1, 8))


def test_a_period_without_a_sunday_has_no_week() -> None:
    assert weeks_ending(date(2024, 1, 8), date(2024, 1, 13)) == ()


def test_neighbouring_periods_share_no_week_and_miss_none() -> None:
    first, second = (date(2024, 1, 1), date(2024, 1, 31)), (date(2024, 2, 1), date(2024, 3, 31))
    assert weeks_ending(*first) + weeks_ending(*second) == weeks_ending(first[0], second[1])


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(BadProblem, match="before it starts"):
        weeks_ending(date(2024, 2, 1), date(2024, 1, 1))


def test_more_than_53_weeks_are_refused() -> None:
    assert len(weeks_ending(date(2024, 1, 1), date(2025, 1, 5))) == 53
    with pytest.raises(BadProblem, match="at most 53 weeks"):
        weeks_ending(date(2024, 1, 1), date(2025, 1, 12))


@pytest.mark.parametrize(
    ("first", "last"), [(date.min, date(1, 2, 1)), (date(9999, 11, 1), date.max), (date.min, date.max)]
)
def test_nobody_plans_at_the_ends_of_the_calendar(first: date, last: date) -> None:
    with pytest.raises(BadProblem, match="from 1900 to 2199"):
        weeks_ending(first, last)


@pytest.mark.parametrize(
    ("visits_a_week", "a_year"),
    [(0.25, 13), (0.2308, 12), (0.5, 26), (1, 52), (1.5, 78), (2, 104), (0, 0), (0.01, 1)],
)
@pytest.mark.parametrize("suite", [1, 2, 5])
def test_a_frequency_makes_its_visits_a_year_whichever_week_the_year_starts(
    suite: int, visits_a_week: float, a_year: int
) -> None:
    for later in range(60):
        first, last = (day + timedelta(weeks=later) for day in YEAR)
        assert len(mondays([always(suite, visits_a_week)], first, last)) == a_year


@given(st.floats(0.02, 3), st.integers(1, 40), st.integers(0, 500))
def test_visits_are_spread_evenly(visits_a_week: float, suite: int, later: int) -> None:
    weeks = [date(2024, 1, 1) + timedelta(weeks=later + at) for at in range(52)]
    in_a_week = [visits_in_week(suite, monday, visits_a_week) for monday in weeks]
    assert max(in_a_week) - min(in_a_week) <= 1
    halves = sum(in_a_week[:26]), sum(in_a_week[26:])
    assert abs(halves[0] - halves[1]) <= 1


def test_two_visits_a_week_fall_in_the_same_week() -> None:
    assert mondays([always(1, 2)], date(2024, 1, 1), date(2024, 1, 7)) == [date(2024, 1, 1)] * 2


def test_monthly_suites_do_not_all_fall_in_the_same_week() -> None:
    needed = visits_needed(
        date(2024, 1, 1), date(2024, 1, 28), [always(suite, 0.25) for suite in (1, 2, 3, 4)]
    )
    assert len({monday for _, monday in needed}) == 4


def test_a_closed_week_is_not_planned() -> None:
    periods = [
        OpenPeriod(1, date(2010, 1, 1), date(2024, 1, 7), 1),
        OpenPeriod(1, date(2024, 1, 15), None, 1),
    ]
    assert mondays(periods, date(2024, 1, 1), date(2024, 1, 21)) == [date(2024, 1, 1), date(2024, 1, 15)]


def test_a_suite_that_opens_in_mid_week_is_first_planned_in_its_first_whole_week() -> None:
    opening = OpenPeriod(1, date(2024, 1, 3), None, 1)
    assert mondays([opening], date(2024, 1, 1), date(2024, 1, 21)) == [date(2024, 1, 8), date(2024, 1, 15)]


def test_a_suite_that_closes_in_mid_week_is_last_planned_in_its_last_whole_week() -> None:
    closing = OpenPeriod(1, date(2010, 1, 1), date(2024, 1, 10), 1)
    assert mondays([closing], date(2024, 1, 1), date(2024, 1, 21)) == [date(2024, 1, 1)]


def test_a_frequency_that_changes_in_mid_week_counts_from_that_week_on() -> None:
    periods = [
        OpenPeriod(1, date(2010, 1, 1), date(2024, 1, 10), 1),
        OpenPeriod(1, date(2024, 1, 11), None, 2),
    ]
    assert (
        mondays(periods, date(2024, 1, 1), date(2024, 1, 14)) == [date(2024, 1, 1)] + [date(2024, 1, 8)] * 2
    )


def test_a_year_is_planned_in_even_quarters() -> None:
    weeks = [date(2024, 1, 1) + timedelta(weeks=at) for at in range(53)]
    assert [len(part) for part in quarters(weeks)] == [10, 11, 10, 11, 11]
    assert [monday for part in quarters(weeks) for monday in part] == weeks
