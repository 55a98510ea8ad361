"""Periods that figures are asked of: each kind tiles the calendar, has its name, and is found again."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import ONE_DAY, Period
from icv.rules.figures import previous
from icv.rules.figures.comparison import same_a_year_ago, years_ago
from icv.rules.figures.periods import (
    PeriodKind,
    calendar_year,
    financial_year,
    is_whole_months,
    kind_of,
    latest_cycle,
    month,
    months_long,
    months_to_choose,
    name_of,
    periods_to_choose,
    quarter,
    read_period,
)

DAYS = st.dates(date(1995, 1, 1), date(2095, 12, 31))
KINDS = st.sampled_from(sorted(set(PeriodKind) - {PeriodKind.ANY}))


@pytest.mark.parametrize(
    ("first", "last", "kind", "name"),
    [
        ("2024-02-01", "2024-02-29", PeriodKind.MONTH, "February 2024"),
        ("2023-12-01", "2024-01-31", PeriodKind.CYCLE, "December 2023 to January 2024"),
        ("2024-03-01", "2024-04-30", PeriodKind.CYCLE, "March to April 2024"),
        ("2024-10-01", "2024-12-31", PeriodKind.QUARTER, "October to December 2024"),
        ("2017-04-01", "2018-03-31", PeriodKind.FINANCIAL_YEAR, "2017–18"),
        ("1999-04-01", "2000-03-31", PeriodKind.FINANCIAL_YEAR, "1999–00"),
        ("2024-01-01", "2024-12-31", PeriodKind.YEAR, "2024"),
        ("2024-02-01", "2024-06-30", PeriodKind.ANY, "February to June 2024"),
        ("2023-05-05", "2024-05-09", PeriodKind.ANY, "5 May 2023 to 9 May 2024"),
        ("2024-05-05", "2024-05-09", PeriodKind.ANY, "5 to 9 May 2024"),
        ("2024-05-05", "2024-05-05", PeriodKind.ANY, "5 May 2024"),
    ],
)
def test_a_period_has_its_kind_and_its_name(first: str, last: str, kind: PeriodKind, name: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert (kind_of(period), name_of(period)) == (kind, name)


@given(DAYS)
def test_the_periods_of_the_calendar_hold_their_day_and_follow_on_each_other(day: date) -> None:
    for around in (month, quarter, financial_year, calendar_year):
        period = around(day)
        assert day in period
        assert previous(period) == around(period.first - ONE_DAY)
        assert around(period.last) == period


@given(KINDS, DAYS, st.integers(0, 4000))
def test_those_to_choose_from_follow_on_each_other_from_the_first_record_on(
    kind: PeriodKind, today: date, days: int
) -> None:
    earliest = today - timedelta(days)
    periods = [one.period for one in periods_to_choose(kind, earliest, today)]
    assert periods == sorted(periods, reverse=True)
    assert all(later.first == earlier.after for later, earlier in pairwise(periods))
    assert earliest in periods[-1]
    assert any(today in period for period in periods)
    assert {kind_of(period) for period in periods} <= {kind, PeriodKind.CYCLE}
    assert (
        kind is not PeriodKind.CYCLE or latest_cycle(today) in periods or earliest > latest_cycle(today).last
    )


@given(DAYS, st.integers(0, 1200))
def test_no_two_periods_share_their_name(first: date, more: int) -> None:
    period = Period(first, first + timedelta(more))
    others = [month(first), quarter(first), financial_year(first), calendar_year(first), previous(period)]
    assert all(name_of(other) != name_of(period) for other in others if other != period)


@given(DAYS, st.integers(0, 800))
def test_a_year_ago_whole_months_are_the_same_whole_months(first: date, more: int) -> None:
    period = Period(first, first + timedelta(more))
    before = same_a_year_ago(period)
    assert before.first.year == first.year - 1
    if is_whole_months(period):
        assert is_whole_months(before)
        assert months_long(before) == months_long(period)


def test_a_month_that_ends_in_february_is_compared_with_all_of_february() -> None:
    leap = Period(date(2024, 1, 1), date(2024, 2, 29))
    assert same_a_year_ago(leap).last == date(2023, 2, 28)
    assert same_a_year_ago(same_a_year_ago(leap)).last == date(2022, 2, 28)
    assert years_ago(Period(date(2021, 2, 1), date(2021, 2, 28)), 1).last == date(2020, 2, 29)


@pytest.mark.parametrize(
    "period",
    [
        Period(date.min, date.max),
        Period(date.min, date.min),
        Period(date(1, 1, 1), date(1, 12, 31)),
        Period(date(1, 2, 28), date(3, 3, 3)),
    ],
)
def test_before_the_calendars_first_days_there_is_only_the_first(period: Period) -> None:
    assert previous(period).first == date.min
    assert same_a_year_ago(period).first == date.min


def test_nothing_is_to_choose_of_days_of_ones_own() -> None:
    assert periods_to_choose(PeriodKind.ANY, None, date(2026, 3, 4)) == []


def test_months_to_choose_run_half_a_year_ahead() -> None:
    months = months_to_choose(date(2026, 1, 9), date(2026, 3, 4))
    assert (months[0], months[-1]) == (("2026-09", "September 2026"), ("2026-01", "January 2026"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("2026-01-05", "2026-02-28"), "whole months"),
        (("1899-01", "1900-01"), "between 1900 and 2199"),
        (("1950-01", "2020-12"), "at most 60 years"),
        (("2026-01", None), "where the period begins"),
        (("2026-03", "2026-02"), "before it begins"),
    ],
)
def test_a_period_nobody_can_be_shown_is_refused_in_words(
    asked: tuple[str | None, str | None], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read_period(*asked, any_days=False, today=date(2026, 3, 4))
