"""Recruitment rounds: on which days one is open, and how its days are said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.rounds import (
    RoundState,
    days_in_words,
    first_closed_day,
    last_day,
    round_state,
    takes_applications,
)

TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)
some_day = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "state"),
    [
        (TODAY, None, RoundState.OPEN),
        (TODAY, TODAY + DAY, RoundState.OPEN),
        (TODAY - DAY, TODAY, RoundState.CLOSED),
        (TODAY, TODAY, RoundState.CLOSED),
        (TODAY + DAY, None, RoundState.TO_COME),
        (None, None, RoundState.UNDATED),
        (None, TODAY, RoundState.CLOSED),
        (None, TODAY + DAY, RoundState.UNDATED),
    ],
)
def test_a_round_is_open_from_its_first_day_to_its_last(
    opened_on: date | None, closed_on: date | None, state: RoundState
) -> None:
    assert round_state(opened_on, closed_on, TODAY) is state


@given(some_day, some_day, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_round_that_is_closed_never_opens_by_itself(
    opened_on: date | None, closed_on: date | None, day: date
) -> None:
    if round_state(opened_on, closed_on, day) is RoundState.CLOSED:
        assert round_state(opened_on, closed_on, day + DAY) is RoundState.CLOSED


def test_the_public_page_takes_applications_only_of_open_public_rounds() -> None:
    assert takes_applications(TODAY, None, True, TODAY)
    assert not takes_applications(TODAY, None, False, TODAY)
    assert not takes_applications(TODAY, TODAY, True, TODAY)
    assert not takes_applications(None, None, True, TODAY)


@given(some_day)
def test_the_last_day_and_the_first_closed_day_are_two_ways_to_say_one(closed_on: date | None) -> None:
    assert first_closed_day(last_day(closed_on)) == closed_on


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "words"),
    [
        (date(2026, 1, 5), date(2026, 4, 1), "5 January 2026 to 31 March 2026"),
        (date(2026, 1, 5), None, "from 5 January 2026, with no last day"),
        (None, date(2026, 4, 1), "until 31 March 2026"),
        (None, None, "days not recorded"),
        (date(2026, 1, 5), date(2026, 1, 5), "opened and closed on 5 January 2026"),
    ],
)
def test_the_days_of_a_round_in_words(opened_on: date | None, closed_on: date | None, words: str) -> None:
    assert days_in_words(opened_on, closed_on) == words
