"""Days, months and the London clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import (
    DoubledTime,
    NoSuchTime,
    Period,
    add_months,
    day_in_words,
    from_wall_clock,
    last_day_of,
    london,
    london_day,
    merged,
    monday_of,
    short_day,
    week_in_words,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
PERIODS = st.builds(
    lambda first, more: Period(
        date(2026, 1, 1) + timedelta(days=first), date(2026, 1, 1) + timedelta(days=first + more)
    ),
    st.integers(0, 60),
    st.integers(0, 12),
)


def test_a_period_includes_both_ends() -> None:
    december = Period(date(2023, 12, 1), date(2023, 12, 31))
    assert (december.days, december.after) == (31, date(2024, 1, 1))
    assert date(2023, 12, 1) in december
    assert date(2023, 12, 31) in december
    assert date(2024, 1, 1) not in december


@given(DAYS, st.integers(1, 120))
def test_so_many_months_leave_no_gap_before_the_day_on_which_they_return(first: date, months: int) -> None:
    following = last_day_of(first, months) + timedelta(days=1)
    assert add_months(first, months) <= following <= add_months(first, months) + timedelta(days=1)
    assert last_day_of(first, months) <= last_day_of(first + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 1), 24, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 4), 6, date(2026, 9, 3)),
        (date(2026, 10, 31), 12, date(2027, 10, 30)),
    ],
)
def test_the_last_day_of_so_many_months_is_no_day_short_at_the_end_of_one(
    first: date, months: int, last: date
) -> None:
    assert last_day_of(first, months) == last


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2024, 1, 2), date(2024, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_an_instant_lies_in_a_period_when_its_london_day_does(first: date, more: int) -> None:
    period = Period(first, first + timedelta(days=more))
    second = timedelta(seconds=1)
    assert london_day(period.starts_at()) == first
    assert london_day(period.starts_at() - second) == first - timedelta(days=1)
    assert london_day(period.ends_at() - second) == period.last
    assert london_day(period.ends_at()) == period.after


@given(INSTANTS)
def test_the_wall_clock_leads_back_to_the_instant_or_says_that_it_cannot(at: datetime) -> None:
    wall = london(at).replace(tzinfo=None, fold=0)
    hour = timedelta(hours=1)
    if london(at - hour).replace(tzinfo=None) == wall or london(at + hour).replace(tzinfo=None) == wall:
        with pytest.raises(DoubledTime, match="happened twice"):
            from_wall_clock(wall)
    else:
        assert from_wall_clock(wall) == at


def test_the_hour_that_summer_time_skips_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="01:30 did not exist on 29 March 2026"):
        from_wall_clock(datetime(2026, 3, 29, 1, 30))
    assert from_wall_clock(datetime(2026, 3, 29, 2)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_asked_about() -> None:
    with pytest.raises(DoubledTime, match="01:30 happened twice on 25 October 2026"):
        from_wall_clock(datetime(2026, 10, 25, 1, 30))


@given(DAYS)
def test_a_week_begins_on_monday(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)


@given(DAYS, st.integers(-300, 300))
def test_months_are_added_to_the_month_and_the_day_kept_where_it_can_be(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(st.lists(PERIODS, max_size=6))
def test_merged_spans_hold_the_same_days_and_stand_apart(spans: list[Period]) -> None:
    def days(periods: list[Period]) -> set[date]:
        return {span.first + timedelta(days=ahead) for span in periods for ahead in range(span.days)}

    joined = merged(spans)
    assert days(joined) == days(spans)
    assert all(one.after < other.first for one, other in pairwise(joined))


def test_days_in_words() -> None:
    assert day_in_words(date(2023, 12, 3)) == "3 December 2023"
    assert short_day(date(2023, 12, 3)) == "3 Dec 2023"
    assert week_in_words(date(2023, 11, 27), date(2023, 12, 3)) == "27 November to 3 December 2023"
    assert week_in_words(date(2023, 12, 25), date(2024, 1, 1)) == "25 December 2023 to 1 January 2024"
