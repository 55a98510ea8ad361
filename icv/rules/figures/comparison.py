"""Comparison with the period before: which period that is, and changes of a share in points."""

from icv.rules.days import ONE_DAY, Period, add_months


def previous(period: Period) -> Period:
    """Ends the day before: as many whole months where the period is whole months, otherwise as many days."""
    last = period.first - ONE_DAY
    if period.first.day == 1 and period.after.day == 1:
        months = (period.after.year - period.first.year) * 12 + period.after.month - period.first.month
        return Period(add_months(period.first, -months), last)
    return Period(last - (period.last - period.first), last)


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
