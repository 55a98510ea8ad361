"""Which periods figures are asked of: months, panel cycles, quarters, years, or any days; and their names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from icv.rules.days import MONTHS, ONE_DAY, Period, add_months, day_in_words, week_in_words
from icv.rules.figures.comparison import previous, same_a_year_ago

LONGEST_YEARS = 60
FIRST_YEAR, LAST_YEAR = 1900, 2199
CYCLE_MONTHS = 2
MONTHS_AHEAD = 6
"""So far beyond today periods are offered: what is planned has figures too."""


class PeriodKind(StrEnum):
    """The kinds a panel asks for. A cycle is the two months between meetings; `ANY` the coordinator's own."""

    MONTH = "month"
    CYCLE = "cycle"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"
    YEAR = "year"
    ANY = "any"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    PeriodKind.MONTH: "Month",
    PeriodKind.CYCLE: "Two months",
    PeriodKind.QUARTER: "Quarter",
    PeriodKind.FINANCIAL_YEAR: "Financial year",
    PeriodKind.YEAR: "Calendar year",
    PeriodKind.ANY: "Other days",
}


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period worth a link of its own."""

    name: str
    period: Period


def read_period(first: str | None, last: str | None, *, any_days: bool, today: date) -> Period:
    """The period asked for, or the last two whole months. Raises ValueError with a sentence."""
    if not first and not last:
        return latest_cycle(today)
    begins, ends = _day(first, start=True), _day(last, start=False)
    if ends < begins:
        raise ValueError("The period ends before it begins: choose an earlier beginning or a later end.")
    period = Period(begins, ends)
    if not FIRST_YEAR <= period.first.year <= period.last.year <= LAST_YEAR:
        raise ValueError(f"Choose months between {FIRST_YEAR} and {LAST_YEAR}.")
    if period.days > LONGEST_YEARS * 366:
        raise ValueError(f"Choose a period of at most {LONGEST_YEARS} years.")
    if not any_days and not is_whole_months(period):
        raise ValueError("Choose whole months.")
    return period


def _day(text: str | None, *, start: bool) -> date:
    """A day (2026-03-04), or a month (2026-03) as its first or last day."""
    words = (text or "").strip()
    try:
        if len(words) == len("2026-03"):
            first = date.fromisoformat(f"{words}-01")
            return first if start else month(first).last
        return date.fromisoformat(words)
    except (ValueError, OverflowError):
        raise ValueError("Choose where the period begins and where it ends.") from None


def is_whole_months(period: Period) -> bool:
    return period.first.day == 1 and period.after.day == 1


def months_long(period: Period) -> int:
    """How many months it touches: of whole months, how many there are."""
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def month(day: date) -> Period:
    return _months_from(day.replace(day=1), 1)


def quarter(day: date) -> Period:
    """The quarter of the calendar that the day is in."""
    return _months_from(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def calendar_year(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def financial_year(day: date) -> Period:
    """The year from April to March that the day is in."""
    year = day.year if day.month >= 4 else day.year - 1
    return _months_from(date(max(year, date.min.year), 4 if year else 1, 1), 12 if year else 3)


def latest_cycle(today: date) -> Period:
    """The two whole months before this one, a panel's usual cycle."""
    return _months_from(add_months(today.replace(day=1), -CYCLE_MONTHS), CYCLE_MONTHS)


def _months_from(first: date, months: int) -> Period:
    is_calendars_last = first.year == date.max.year and first.month + months > 12
    return Period(first, date.max if is_calendars_last else add_months(first, months) - ONE_DAY)


_AROUND: dict[PeriodKind, Callable[[date], Period]] = {
    PeriodKind.MONTH: month,
    PeriodKind.QUARTER: quarter,
    PeriodKind.FINANCIAL_YEAR: financial_year,
    PeriodKind.YEAR: calendar_year,
}
"""Those of the calendar: the one a day is in."""


def kind_of(period: Period) -> PeriodKind:
    """A cycle is any two whole months."""
    for kind, around in _AROUND.items():
        if around(period.first) == period:
            return kind
    is_cycle = is_whole_months(period) and months_long(period) == CYCLE_MONTHS
    return PeriodKind.CYCLE if is_cycle else PeriodKind.ANY


def name_of(period: Period) -> str:
    """January 2024; December 2023 to January 2024; 2023–24, a financial year; 2024; 5 to 9 May 2024"""
    return _named(period, kind_of(period))


def _named(period: Period, kind: PeriodKind) -> str:
    match kind:
        case PeriodKind.MONTH:
            return _month_and_year(period.first)
        case PeriodKind.YEAR:
            return str(period.first.year)
        case PeriodKind.FINANCIAL_YEAR:
            return f"{period.first.year}–{period.last.year % 100:02}"
    if not is_whole_months(period):
        return _days(period)
    if period.first.year != period.last.year:
        return f"{_month_and_year(period.first)} to {_month_and_year(period.last)}"
    return f"{MONTHS[period.first.month - 1]} to {_month_and_year(period.last)}"


def _month_and_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _days(period: Period) -> str:
    if period.days == 1:
        return day_in_words(period.first)
    if month(period.first) == month(period.last):
        return f"{period.first.day} to {day_in_words(period.last)}"
    return week_in_words(period.first, period.last)


def usual_periods(period: Period, today: date) -> list[NamedPeriod]:
    """Links beside the chosen period: around it, and around today."""
    this_year = financial_year(today)
    return [
        NamedPeriod("The same a year earlier", same_a_year_ago(period)),
        NamedPeriod("Last two months", latest_cycle(today)),
        NamedPeriod("Last quarter", quarter(quarter(today).first - ONE_DAY)),
        NamedPeriod("This financial year", this_year),
        NamedPeriod("Last financial year", financial_year(this_year.first - ONE_DAY)),
    ]


def periods_to_choose(kind: PeriodKind, earliest: date | None, today: date) -> list[NamedPeriod]:
    """Those of a kind from the first on record to half a year from now, latest first; none of `ANY`.

    Cycles are counted from the latest one, so that each ends where the next begins.
    """
    if kind is PeriodKind.ANY:
        return []
    until = add_months(today.replace(day=1), MONTHS_AHEAD)
    since = min(earliest or today, today)
    return [NamedPeriod(_named(period, kind), period) for period in _back(_latest(kind, until, today), since)]


def _latest(kind: PeriodKind, until: date, today: date) -> Period:
    """The one of the kind that holds the day, or of cycles the one that would."""
    if kind in _AROUND:
        return _AROUND[kind](until)
    cycle = latest_cycle(today)
    while cycle.last < until:
        cycle = _months_from(cycle.after, CYCLE_MONTHS)
    return cycle


def _back(latest: Period, since: date) -> Iterator[Period]:
    period = latest
    while period.last >= since:
        yield period
        period = previous(period)


def months_to_choose(earliest: date | None, today: date) -> list[tuple[str, str]]:
    """Every month from the first on record to half a year from now, latest first: value and words."""
    months = periods_to_choose(PeriodKind.MONTH, earliest, today)
    return [(f"{one.period.first:%Y-%m}", one.name) for one in months]
