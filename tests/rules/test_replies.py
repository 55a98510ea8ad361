"""When a reply is due, reminded of and taken higher, day by day."""

from datetime import timedelta

import pytest

from icv.rules.replies import is_escalation_due, is_reminder_due, reminded_when_asked, reply_due_on
from icv.rules.scheme import Choices
from tests.workshop import TODAY

CHOICES = Choices(reply_due_days=14, serious_reply_due_days=5, reply_reminder_days=3, escalation_days=7)
DUE = TODAY + timedelta(days=14)


def test_a_serious_finding_is_to_be_answered_sooner() -> None:
    assert reply_due_on(CHOICES, TODAY, is_serious=False) == DUE
    assert reply_due_on(CHOICES, TODAY, is_serious=True) == TODAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("day", "reminded", "is_due"),
    [
        (-4, None, False),
        (-3, None, True),
        (0, None, True),
        (0, -3, False),
        (1, -3, True),
        (1, 0, True),
        (2, 1, False),
    ],
)
def test_a_reminder_goes_before_the_day_and_another_once_it_is_late(
    day: int, reminded: int | None, is_due: bool
) -> None:
    reminded_on = None if reminded is None else DUE + timedelta(days=reminded)
    assert is_reminder_due(CHOICES, DUE + timedelta(days=day), DUE, reminded_on) is is_due


def test_asking_is_the_reminder_where_there_is_no_more_time_than_that() -> None:
    assert reminded_when_asked(CHOICES, DUE - timedelta(days=3), DUE) == DUE - timedelta(days=3)
    assert reminded_when_asked(CHOICES, DUE - timedelta(days=4), DUE) is None


def test_it_is_taken_higher_once_and_not_a_day_early() -> None:
    week_late = DUE + timedelta(days=7)
    assert is_escalation_due(CHOICES, week_late, DUE, None)
    assert not is_escalation_due(CHOICES, week_late - timedelta(days=1), DUE, None)
    assert not is_escalation_due(CHOICES, week_late, DUE, week_late)
