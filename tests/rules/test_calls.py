"""Calls for availability: their names, and the days on which they are answered and chased."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.calls import chase_on, name_of, usual_answer_by, usual_period
from icv.rules.days import Period

DAY = date(2026, 3, 4)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        (date(2026, 3, 30), date(2026, 6, 28), "April to June 2026"),
        (date(2026, 12, 28), date(2027, 3, 28), "January to March 2027"),
        (date(2026, 11, 30), date(2027, 2, 28), "December 2026 to February 2027"),
        (date(2026, 3, 2), date(2026, 3, 29), "March 2026"),
        (date(2026, 3, 9), date(2026, 6, 7), "9 March to 7 June 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "30 March to 5 April 2026"),
    ],
)
def test_a_period_is_called_by_its_months_where_it_is_months_by_and_large(
    first: date, last: date, name: str
) -> None:
    assert name_of(Period(first, last)) == name


def test_the_next_quarter_follows_the_last_planned_week() -> None:
    assert usual_period(date(2026, 3, 29), DAY) == Period(date(2026, 3, 30), date(2026, 6, 28))
    assert usual_period(date(2025, 3, 30), DAY) == usual_period(None, DAY)
    assert usual_period(None, DAY).first == date(2026, 3, 9)


def test_two_weeks_are_given_to_answer_and_never_longer_than_to_the_weeks_themselves() -> None:
    assert usual_answer_by(usual_period(date(2026, 3, 29), DAY), DAY) == date(2026, 3, 18)
    assert usual_answer_by(usual_period(None, DAY), DAY) == date(2026, 3, 8)


@given(days, st.integers(0, 400))
def test_nobody_is_reminded_on_the_day_of_asking_nor_less_than_a_week_before_where_there_is_time(
    asked_on: date, given_days: int
) -> None:
    answer_by = asked_on + timedelta(days=given_days)
    chased_on = chase_on(asked_on, answer_by)
    assert chased_on > asked_on
    if given_days >= 14:
        assert chased_on == answer_by - timedelta(days=7)
    elif given_days >= 2:
        assert asked_on < chased_on <= answer_by
