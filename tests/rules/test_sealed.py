"""The sealed time: when it may be and how it is said; and the timeslots that a suite still lacks."""

from datetime import UTC, date, datetime, time

import pytest

from icv.rules.coverage import Coverage
from icv.rules.days import Period
from icv.rules.sealed import time_in_words, why_not_at
from icv.rules.timeslots import Grid

WEEK = Period(date(2026, 3, 9), date(2026, 3, 15))
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_at", "said"),
    [
        (datetime(2026, 3, 15, 23, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 10, 12, 1, tzinfo=UTC), None),
        (datetime(2026, 3, 10, 12, 0, tzinfo=UTC), "That time has passed"),
        (datetime(2026, 3, 16, 0, 0, tzinfo=UTC), "This visit is for the week 9 March to 15 March 2026"),
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "This visit is for the week"),
    ],
)
def test_a_time_lies_ahead_and_in_the_week(starts_at: datetime, said: str | None) -> None:
    why_not = why_not_at(starts_at, WEEK, NOW)
    assert (why_not is None) is (said is None)
    assert said is None or (why_not or "").startswith(said)


def test_the_week_is_londons() -> None:
    """In summer a London day begins an hour before the day in UTC does."""
    week = Period(date(2026, 6, 29), date(2026, 7, 5))
    assert why_not_at(datetime(2026, 6, 28, 23, 30, tzinfo=UTC), week, NOW) is None
    assert why_not_at(datetime(2026, 7, 5, 23, 30, tzinfo=UTC), week, NOW)


@pytest.mark.parametrize(
    ("starts_at", "said"),
    [
        (datetime(2026, 7, 1, 13, 30, tzinfo=UTC), "Wednesday 1 July 2026 at 14:30"),
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "Sunday 25 October 2026 at 01:30, before the clocks go back",
        ),
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "Sunday 25 October 2026 at 01:30, after the clocks go back",
        ),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Sunday 25 October 2026 at 02:30"),
    ],
)
def test_a_time_is_said_so_that_it_cannot_be_mistaken(starts_at: datetime, said: str) -> None:
    assert time_in_words(starts_at) == said


def test_what_a_suite_lacks_is_everything_nobody_came_at() -> None:
    sunday_night = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
    coverage = Coverage.of(Grid(), [sunday_night, monday, monday])
    assert (coverage.covered, len(coverage.lacking)) == (2, 33)
    assert coverage.by_day[0] == ("Monday", [2, 0, 0, 0, 0])
    assert coverage.by_day[6] == ("Sunday", [0, 0, 0, 0, 1])
    assert coverage.lacking_on(6) == ["06–10", "10–14", "14–18", "18–22"]


def test_a_scheme_with_other_bands_has_another_grid() -> None:
    coverage = Coverage.of(Grid((time(7), time(19))), [datetime(2026, 3, 9, 12, tzinfo=UTC)])
    assert (coverage.covered, len(coverage.lacking)) == (1, 13)
