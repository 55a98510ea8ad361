"""Cover and swap: how a request stands, until when it may be asked and taken, and who is reminded when."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.scheme import Choices

UNANSWERED_DAYS = (28, 14, 7, 3)
"""So many days before the week whoever has not answered a duty is reminded of it."""
ACCEPTED_DAYS = (7, 1)
ASKED_DAYS = (28, 21, 14, 7, 3, 2, 1)
"""The same for whoever was asked for cover and has not answered."""


class CoverKind(StrEnum):
    """Cover: somebody else goes. Swap: each goes in the other's place."""

    COVER = "cover"
    SWAP = "swap"


class CoverState(StrEnum):
    """A request is open until somebody takes it, its asker withdraws it, or its time is over."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class CoverAnswer(StrEnum):
    YES = "yes"
    NO = "no"


def asked_until(week_starts_on: date, choices: Choices) -> date:
    """The last day on which cover or a swap may be asked for."""
    return week_starts_on - timedelta(days=max(choices.cover_closes_days, choices.cover_ends_days))


def open_until(week_starts_on: date, choices: Choices) -> date:
    """The last day on which somebody may take it."""
    return week_starts_on - timedelta(days=choices.cover_ends_days)


def reminder_due(week_starts_on: date, told_on: date, day: date, days_ahead: Sequence[int]) -> int | None:
    """Which of the reminders is due on the day, by its days before the week; None: none, or the week is here.

    Only the nearest of those that are past: a worker that stood still does not send three at once. Whoever
    was told on the day of a reminder, or since, is not reminded of what they have just read.
    """
    left = (week_starts_on - day).days
    ahead = min((one for one in days_ahead if left <= one), default=None)
    if left < 1 or ahead is None or told_on >= week_starts_on - timedelta(days=ahead):
        return None
    return ahead
