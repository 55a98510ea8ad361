"""When cover may be asked for and taken, and when somebody is reminded."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.cover import ACCEPTED_DAYS, ASKED_DAYS, UNANSWERED_DAYS, asked_until, open_until, reminder_due
from icv.rules.scheme import Choices

WEEK = date(2026, 3, 30)
days = st.integers(-40, 60).map(lambda number: WEEK - timedelta(days=number))
plans = st.sampled_from([UNANSWERED_DAYS, ACCEPTED_DAYS, ASKED_DAYS])


def test_cover_is_asked_for_and_taken_up_to_days_that_the_scheme_sets() -> None:
    assert asked_until(WEEK, Choices()) == date(2026, 3, 28)
    assert open_until(WEEK, Choices()) == date(2026, 3, 29)


@given(st.integers(0, 60), st.integers(0, 60))
def test_nothing_can_be_asked_for_that_nobody_may_take_any_more(closes: int, ends: int) -> None:
    choices = Choices(cover_closes_days=closes, cover_ends_days=ends)
    assert asked_until(WEEK, choices) <= open_until(WEEK, choices) <= WEEK


def test_reminders_go_on_their_days_and_once_when_a_day_was_missed() -> None:
    told = WEEK - timedelta(days=50)
    due = {
        ahead: reminder_due(WEEK, told, WEEK - timedelta(days=ahead), UNANSWERED_DAYS)
        for ahead in (29, 28, 5)
    }
    assert due == {29: None, 28: 28, 5: 7}


@given(days, days, plans)
def test_nobody_is_reminded_once_the_week_is_here_or_of_what_they_were_told_since(
    told_on: date, day: date, plan: tuple[int, ...]
) -> None:
    ahead = reminder_due(WEEK, told_on, day, plan)
    if ahead is not None:
        assert day < WEEK
        assert told_on < WEEK - timedelta(days=ahead) <= day
