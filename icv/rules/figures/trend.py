"""Into which steps a period is cut, and which five years it is the last of."""

from collections.abc import Callable
from datetime import date

from icv.rules.days import ONE_DAY, Period
from icv.rules.figures.comparison import years_ago
from icv.rules.figures.periods import financial_year, month, months_long, quarter

MONTHS_BY_MONTH = 18
"""Of so many months each is a step: a year and a half. Longer, a step is a quarter."""
MONTHS_BY_QUARTER = 60
"""Of more than five years, a step is a financial year."""
YEARS = 5


def steps_of(period: Period, on_record: Period | None) -> list[Period]:
    """Months, quarters or financial years, the first and the last cut to the period; they tile it.

    Of financial years only those on record: nothing was scheduled in any other.
    """
    if months_long(period) <= MONTHS_BY_MONTH:
        return _cut(period, month)
    if months_long(period) <= MONTHS_BY_QUARTER:
        return _cut(period, quarter)
    shown = _shared(period, on_record) if on_record else None
    return _cut(shown, financial_year) if shown else []


def _shared(one: Period, other: Period) -> Period | None:
    first, last = max(one.first, other.first), min(one.last, other.last)
    return Period(first, last) if first <= last else None


def _cut(period: Period, around: Callable[[date], Period]) -> list[Period]:
    steps, first = [], period.first
    while (last := around(first).last) < period.last:
        steps.append(Period(first, last))
        first = last + ONE_DAY
    return [*steps, Period(first, period.last)]


def five_years(period: Period) -> list[Period]:
    """The same days of five years, or of a period longer than a year the five financial years up to its end.

    None of one longer than five years: its own steps are financial years.
    """
    if months_long(period) > MONTHS_BY_QUARTER or period.first.year <= YEARS:
        return []
    if years_ago(period, 1).last < period.first:
        return [years_ago(period, years) for years in reversed(range(YEARS))]
    last_year = financial_year(period.last)
    earlier = [years_ago(last_year, years) for years in reversed(range(1, YEARS))]
    return [*earlier, Period(last_year.first, period.last)]
