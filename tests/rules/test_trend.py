"""Steps of a period and its five years, shares judged week by week, and changes of counts."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.figures.headline import change, change_in_percent
from icv.rules.figures.periods import months_long, name_of
from icv.rules.figures.trend import MONTHS_BY_QUARTER, five_years, steps_of
from icv.rules.figures.weeks import WeekEnd, step
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome

PERIODS = st.builds(
    lambda first, days: Period(first, first + timedelta(days)),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(0, 100) | st.integers(0, 4000),
)
NUMBERS = st.none() | st.integers(0, 10_000)


@given(PERIODS, PERIODS)
def test_steps_tile_their_period(period: Period, on_record: Period) -> None:
    steps = steps_of(period, on_record)
    assert all(one.after == other.first for one, other in pairwise(steps))
    if months_long(period) <= MONTHS_BY_QUARTER:
        assert Period(steps[0].first, steps[-1].last) == period
        assert len(steps) <= 21
    for day in (on_record.first, on_record.last):
        assert day not in period or any(day in one for one in steps)


@pytest.mark.parametrize(
    ("first", "last", "steps"),
    [
        ("2024-01-01", "2024-01-31", ["January 2024"]),
        ("2023-12-01", "2024-01-31", ["December 2023", "January 2024"]),
        ("2024-01-15", "2024-02-10", ["15 to 31 January 2024", "1 to 10 February 2024"]),
        ("2023-01-01", "2024-07-31", [
            "January to March 2023", "April to June 2023", "July to September 2023",
            "October to December 2023", "January to March 2024", "April to June 2024", "July 2024",
        ]),
        ("2019-04-01", "2025-03-31", ["2020–21", "2021–22", "April to September 2022"]),
    ],
)  # fmt: skip
def test_steps_are_months_then_quarters_then_the_financial_years_on_record(
    first: str, last: str, steps: list[str]
) -> None:
    on_record = Period(date(2020, 4, 1), date(2022, 9, 30))
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert [name_of(one) for one in steps_of(period, on_record)] == steps
    assert months_long(period) <= MONTHS_BY_QUARTER or steps_of(period, None) == []


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2023-12-01", "2024-01-31", ["December 2019 to January 2020", "December 2023 to January 2024"]),
        ("2023-04-01", "2024-03-31", ["2019–20", "2023–24"]),
        ("2024-02-01", "2024-02-29", ["February 2020", "February 2024"]),
        ("2022-04-01", "2024-03-31", ["2019–20", "2023–24"]),
        ("2022-04-01", "2024-05-31", ["2020–21", "April to May 2024"]),
    ],
)
def test_five_years_are_the_same_days_or_the_financial_years_up_to_the_end(
    first: str, last: str, years: list[str]
) -> None:
    found = five_years(Period(date.fromisoformat(first), date.fromisoformat(last)))
    assert len(found) == 5
    assert [name_of(found[0]), name_of(found[-1])] == years


@given(PERIODS)
def test_five_years_end_with_the_period_and_do_not_overlap(period: Period) -> None:
    years = five_years(period)
    assert all(one.last < other.first for one, other in pairwise(years))
    assert not years or years[-1].last == period.last
    assert bool(years) == (months_long(period) <= MONTHS_BY_QUARTER)


@pytest.mark.parametrize(
    "period",
    [Period(date.min, date.min), Period(date.max, date.max), Period(date(9999, 1, 1), date.max)],
)
def test_the_edges_of_the_calendar_are_no_edges(period: Period) -> None:
    assert steps_of(period, period)[-1].last == period.last
    assert len(five_years(period)) in {0, 5}


DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 31))
WEEKS = st.dictionaries(DAYS, st.dictionaries(st.none() | st.sampled_from(Outcome), st.integers(0, 3)))


@given(WEEKS, DAYS, st.sets(st.sampled_from(Outcome)))
def test_each_scheduled_visit_is_completed_or_has_a_reason_why_not(
    weeks: dict[date, Counter[Outcome | None]], as_of: date, completed: set[Outcome]
) -> None:
    ends = [WeekEnd(day, weeks[day]) for day in sorted(weeks)]
    choices = Choices(completed_outcomes=frozenset(completed))
    whole, *parts = (
        step(Period(date(2024, first, 1), last), ends, as_of=as_of, choices=choices, since=date(2024, 2, 15))
        for first, last in (
            (1, date(2024, 3, 31)),
            (1, date(2024, 1, 31)),
            (2, date(2024, 2, 29)),
            (3, date(2024, 3, 31)),
        )
    )
    for one in (whole, *parts):
        assert one.completed + sum(one.not_completed.values()) == one.scheduled
    for name in ("scheduled", "completed", "not_yet_due"):
        assert sum(getattr(one, name) for one in parts) == getattr(whole, name)
    assert [one.is_on_record for one in parts] == [False, True, True]
    visits = sum(sum(week.values()) for week in weeks.values())
    assert whole.scheduled + whole.not_yet_due == visits


@given(NUMBERS, NUMBERS)
def test_a_change_is_the_change_back_the_other_way_round(one: int | None, other: int | None) -> None:
    forwards, back = change(one, other), change(other, one)
    assert (forwards is None) == (back is None) == (one is None or other is None)
    assert forwards is None or back is None or forwards == -back


@pytest.mark.parametrize(
    ("now", "before", "per_cent"),
    [(10, 8, 25.0), (8, 10, -20.0), (3, 8, -62.5), (2001, 2000, 0.1), (1999, 2000, -0.1), (5, 5, 0.0),
     (5, 0, None), (0, 5, -100.0), (None, 5, None), (5, None, None)],
)  # fmt: skip
def test_a_change_in_per_cent_is_of_what_there_was_before(
    now: int | None, before: int | None, per_cent: float | None
) -> None:
    assert change_in_percent(now, before) == per_cent
