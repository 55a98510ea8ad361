"""A call for availability: the words for its period, when it is to be answered, and when it is chased."""

from datetime import date, timedelta

from icv.rules.days import MONTHS, ONE_DAY, Period, add_months, monday_of, week_in_words

A_QUARTER = timedelta(weeks=13)
TO_ANSWER = timedelta(days=14)
CHASED_BEFORE = timedelta(days=7)
NEAR = timedelta(days=6)
"""So far from the month's first or last day whole weeks may begin or end, and be called by the month."""


def name_of(period: Period) -> str:
    """April to June 2026, for 30 March to 28 June; days where they are no months by and large."""
    first = _nearest_first(period.first)
    after = _nearest_first(period.after)
    if first >= after or abs(period.first - first) > NEAR or abs(period.after - after) > NEAR:
        return week_in_words(period.first, period.last)
    last = after - ONE_DAY
    opening = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
    closing = f"{MONTHS[last.month - 1]} {last.year}"
    return closing if (first.year, first.month) == (last.year, last.month) else f"{opening} to {closing}"


def _nearest_first(day: date) -> date:
    """The first of this month or of the next, whichever is nearer."""
    this = day.replace(day=1)
    following = add_months(this, 1)
    return this if day - this <= following - day else following


def usual_period(last_planned: date | None, on: date) -> Period:
    """Thirteen weeks, from the Monday after the last day planned; without any, from next Monday."""
    first = monday_of(max(on, last_planned or on)) + timedelta(weeks=1)
    return Period(first, first + A_QUARTER - ONE_DAY)


def usual_answer_by(period: Period, on: date) -> date:
    """Two weeks from the day, or the day before the period where that is sooner."""
    return max(on, min(on + TO_ANSWER, period.first - ONE_DAY))


def chase_on(asked_on: date, answer_by: date) -> date:
    """Seven days before the last day for answers; halfway there where less than two weeks were given.

    Never the day of asking: of a call to be answered at once nobody is reminded by itself.
    """
    halfway = asked_on + timedelta(days=((answer_by - asked_on).days + 1) // 2)
    return max(answer_by - CHASED_BEFORE, halfway, asked_on + ONE_DAY)
