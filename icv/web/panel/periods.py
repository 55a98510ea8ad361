"""Which period the panel's page shows: whole months for everybody, any days for the coordinator."""

from dataclasses import dataclass
from datetime import date, timedelta

from icv.rules.days import MONTHS, ONE_DAY, Period, add_months

LONGEST_YEARS = 60


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period worth a link of its own."""

    name: str
    period: Period


def read_period(first: str | None, last: str | None, *, any_days: bool, today: date) -> Period:
    """The period asked for, or the last two whole months. Raises ValueError with a sentence."""
    if not first and not last:
        return latest_cycle(today)
    try:
        period = Period(_day(first, start=True), _day(last, start=False))
    except ValueError as fault:
        raise ValueError(str(fault)) from None
    if not 1900 <= period.first.year <= period.last.year <= 2199:
        raise ValueError("Choose months between 1900 and 2199.")
    if period.days > LONGEST_YEARS * 366:
        raise ValueError(f"Choose a period of at most {LONGEST_YEARS} years.")
    if not any_days and (period.first.day != 1 or period.after.day != 1):
        raise ValueError("Choose whole months.")
    return period


def _day(text: str | None, *, start: bool) -> date:
    """A day (2026-03-04), or a month (2026-03) as its first or last day."""
    words = (text or "").strip()
    try:
        if len(words) == len("2026-03"):
            month = date.fromisoformat(f"{words}-01")
            return month if start else add_months(month, 1) - ONE_DAY
        return date.fromisoformat(words)
    except (ValueError, OverflowError):
        raise ValueError("Choose the first and the last month of the period.") from None


def latest_cycle(today: date) -> Period:
    """The two whole months before this one, a panel's usual cycle."""
    this_month = today.replace(day=1)
    return Period(add_months(this_month, -2), this_month - ONE_DAY)


def usual_periods(period: Period, today: date) -> list[NamedPeriod]:
    """Links beside the chosen period: around it, and around today."""
    this_year = financial_year(today)
    last_year = financial_year(this_year.first - ONE_DAY)
    a_year_ago = Period(add_months(period.first, -12), add_months(period.after, -12) - ONE_DAY)
    return [
        NamedPeriod("The same a year earlier", a_year_ago),
        NamedPeriod("Last two months", latest_cycle(today)),
        NamedPeriod("Last quarter", _last_quarter(today)),
        NamedPeriod("This financial year", this_year),
        NamedPeriod("Last financial year", last_year),
    ]


def financial_year(day: date) -> Period:
    """The year from April to March that the day is in."""
    year = day.year if day.month >= 4 else day.year - 1
    return Period(date(year, 4, 1), date(year + 1, 3, 31))


def _last_quarter(today: date) -> Period:
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return Period(add_months(start, -3), start - ONE_DAY)


def months_to_choose(earliest: date | None, today: date) -> list[tuple[str, str]]:
    """Every month from the first on record to half a year from now, latest first: value and words."""
    month = min(earliest or today, today).replace(day=1)
    until = add_months(today.replace(day=1), 6)
    months = []
    while month <= until:
        months.append((f"{month:%Y-%m}", f"{MONTHS[month.month - 1]} {month.year}"))
        month = (month + timedelta(days=32)).replace(day=1)
    return months[::-1]
