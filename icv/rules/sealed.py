"""The day and time a pair keeps to itself: when it may be, how it is said, how long a visit takes."""

from datetime import datetime, timedelta

from icv.rules.days import (
    WEEKDAYS,
    DoubledTime,
    Period,
    day_in_words,
    from_wall_clock,
    london,
    london_day,
    week_in_words,
)

TAKES = timedelta(hours=2)
"""What calendars keep free for a visit, since nobody knows before how long it takes."""

ALARM_BEFORE = timedelta(hours=2)


def why_not_at(starts_at: datetime, week: Period, now: datetime) -> str | None:
    """Why a visit of the week cannot be agreed for that moment, as a sentence; None: it can.

    By the London day, as the report's arrival is held to it.
    """
    if london_day(starts_at) not in week:
        return f"This visit is for the week {week_in_words(week.first, week.last)}: choose one of its days."
    if starts_at <= now:
        return "That time has passed. Choose a later one."
    return None


def time_in_words(starts_at: datetime) -> str:
    """Sunday 25 October 2026 at 01:30, before the clocks go back"""
    local = london(starts_at)
    words = f"{WEEKDAYS[local.weekday()]} {day_in_words(local.date())} at {local:%H:%M}"
    if is_doubled(local):
        words += ", after the clocks go back" if local.fold else ", before the clocks go back"
    return words


def is_doubled(local: datetime) -> bool:
    """Whether the clock shows this time twice on its day."""
    try:
        from_wall_clock(local.replace(tzinfo=None, fold=0))
    except DoubledTime:
        return True
    return False
