"""Days and timeslots of one week as the bits of a number, so that times in common are one `&`."""

from datetime import date, timedelta

from icv.planner.problem import Slot, Span

ALL_DAYS = 127


def bits_of(slots: frozenset[Slot] | None, bands: int) -> int:
    """None is the whole grid."""
    if slots is None:
        return (1 << 7 * bands) - 1
    return sum(1 << weekday * bands + band for weekday, band in slots)


def positions(bits: int) -> list[int]:
    """Places of the bits that are set, the lowest first."""
    return [at for at in range(bits.bit_length()) if bits >> at & 1]


def days_within(spans: tuple[Span, ...], monday: date) -> int:
    """The days of the week that lie in one of the spans, as seven bits."""
    bits = 0
    for first_on, last_on in spans:
        first = 0 if first_on is None else max(0, (first_on - monday).days)
        last = 6 if last_on is None else min(6, (last_on - monday).days)
        if first <= last:
            bits |= (1 << last + 1) - (1 << first)
    return bits


def without_days(bits: int, days: int, bands: int) -> int:
    day = (1 << bands) - 1
    for weekday in positions(days):
        bits &= ~(day << weekday * bands)
    return bits


def days_of(bits: int, bands: int) -> int:
    """The days that hold at least one of the timeslots."""
    day = (1 << bands) - 1
    return sum(1 << weekday for weekday in range(7) if bits >> weekday * bands & day)


def week_number(monday: date) -> int:
    """Weeks counted without end, so that neighbours differ by one."""
    return monday.toordinal() // 7


def month_of(monday: date) -> tuple[int, int]:
    """The year and month in which the week ends: a visit belongs there."""
    sunday = monday + timedelta(days=6)
    return sunday.year, sunday.month
