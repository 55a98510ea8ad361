"""Comparison with the period before: which period that is, and changes of a share in points."""

from datetime import date, timedelta

from icv.rules.days import ONE_DAY, Period, add_months


def previous(period: Period) -> Period:
    """Ends the day before: as many whole months where the period is whole months, otherwise as many days.

    Before the calendar's first days, as many as there are.
    """
    last = max(period.first, date.min + ONE_DAY) - ONE_DAY
    if period.first.day == 1 and period.after.day == 1:
        months = (period.after.year - period.first.year) * 12 + period.after.month - period.first.month
        return Period(_months_before(period.first, months), last)
    days = min((period.last - period.first).days, (last - date.min).days)
    return Period(last - timedelta(days), last)


def same_a_year_ago(period: Period) -> Period:
    """The same days of the year before; of a month that ends in February, all of it."""
    return years_ago(period, 1)


def years_ago(period: Period, years: int) -> Period:
    first, after = (_months_before(day, 12 * years) for day in (period.first, period.after))
    return Period(first, max(after - ONE_DAY, first) if after > date.min else first)


def _months_before(day: date, months: int) -> date:
    """Or the calendar's first day, where there are not as many."""
    return add_months(day, -months) if day.year * 12 + day.month - months >= 13 else date.min


def change_in_points(now: float | None, before: float | None) -> float | None:
    """The change of a percentage, in points to one decimal; None where either cannot be said."""
    if now is None or before is None:
        return None
    return (round(now * 10) - round(before * 10)) / 10


def points_in_words(points: float | None) -> str:
    """up 2.5 points; down 1.0 points; no change; cannot be compared"""
    if points is None:
        return "cannot be compared"
    if points == 0:
        return "no change"
    return f"{'up' if points > 0 else 'down'} {abs(points):.1f} points"
