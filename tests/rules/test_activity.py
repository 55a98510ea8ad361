"""Expected activity: what is hoped for in the part of the year in which somebody could visit."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.activity import Activity, Met, activity_in_words, is_at_night, share_active, year_to
from icv.rules.clearance import Standing, Step
from icv.rules.days import ONE_DAY, Period
from icv.rules.scheme import Choices
from icv.rules.stages import VISITING, Stage
from icv.rules.timeslots import Grid

TODAY = date(2026, 3, 4)
YEAR = year_to(TODAY)
LONG_AGO = date(2020, 1, 1)
CHOICES = Choices(expected_visits_a_year=12, least_visits_a_year=6, expected_night_visits_a_year=1)
DAYS = st.integers(-400, 30).map(lambda days: TODAY + timedelta(days=days))
STEPS = st.lists(st.builds(Step, st.sampled_from(Stage), st.none() | DAYS), max_size=4).map(tuple)


def test_the_year_is_the_twelve_months_that_end_today() -> None:
    assert year_to(TODAY) == Period(date(2025, 3, 5), TODAY)
    assert year_to(date(2024, 2, 29)).first == date(2023, 3, 1)


@given(STEPS, DAYS, st.none() | DAYS)
def test_the_share_is_the_days_in_office_and_at_a_stage_that_visits(
    steps: tuple[Step, ...], appointed_on: date, left_on: date | None
) -> None:
    standing = Standing(steps=steps)
    days = [YEAR.first + timedelta(days=ahead) for ahead in range(YEAR.days)]
    active = sum(
        appointed_on <= day and (left_on is None or day < left_on) and standing.stage_on(day) in VISITING
        for day in days
    )
    assert share_active(standing, appointed_on, left_on, YEAR) == active / YEAR.days


def test_leave_and_suspension_are_not_held_against_anybody() -> None:
    half = YEAR.first + timedelta(days=182)
    for stage in (Stage.ON_LEAVE, Stage.SUSPENDED):
        standing = Standing(steps=(Step(Stage.ACTIVE, LONG_AGO), Step(stage, half)))
        own = Activity(3, 0, share_active(standing, LONG_AGO, None, YEAR), CHOICES)
        assert (own.expected, own.least, own.expected_nights) == (6, 2, 0)
        assert (own.met, own.weeks, own.is_whole_year) == (Met.FEWER, 25, False)


@pytest.mark.parametrize(
    ("made", "met"), [(5, Met.BELOW_LEAST), (6, Met.FEWER), (11, Met.FEWER), (12, Met.AS_HOPED)]
)
def test_a_whole_year_is_held_against_the_scheme_s_own_numbers(made: int, met: Met) -> None:
    own = Activity(made, 0, 1.0, CHOICES)
    assert own.met is met
    assert own.lacks_nights
    assert not Activity(made, 1, 1.0, CHOICES).lacks_nights


def test_a_scheme_that_hopes_for_nothing_is_content() -> None:
    none = Choices(expected_visits_a_year=0, least_visits_a_year=0, expected_night_visits_a_year=0)
    own = Activity(0, 0, 1.0, none)
    assert own.met is Met.AS_HOPED
    assert activity_in_words(own) == "You made 0 visits in the last twelve months."


@pytest.mark.parametrize(
    ("arrived_at", "is_night"),
    [
        (datetime(2026, 1, 5, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 5, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 5, 21, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 5, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 5, 5, 59, tzinfo=UTC), True),
    ],
)
def test_night_is_the_band_past_midnight_by_the_clock_on_the_wall(
    arrived_at: datetime, is_night: bool
) -> None:
    assert is_at_night(Grid(), arrived_at) is is_night
    assert not is_at_night(Grid((time(3), time(23, 30))), datetime(2026, 1, 5, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (
            Activity(5, 1, 1.0, CHOICES),
            "You made 5 visits in the last twelve months, 1 of them at night."
            " The scheme hopes for 12 a year from each visitor, 1 of them at night.",
        ),
        (
            Activity(1, 0, 0.5, Choices(expected_night_visits_a_year=0)),
            "You made 1 visit in the last twelve months. The scheme hopes for 12 a year from each visitor;"
            " for the 26 weeks in which you could visit, that is 6.",
        ),
    ],
)
def test_a_visitor_reads_their_own_line(own: Activity, words: str) -> None:
    assert activity_in_words(own) == words


def test_somebody_who_left_before_the_year_began_has_no_share() -> None:
    assert share_active(Standing(), LONG_AGO, YEAR.first, YEAR) == 0
    assert share_active(Standing(steps=(Step(Stage.ACTIVE),)), LONG_AGO, YEAR.first + ONE_DAY, YEAR) > 0
