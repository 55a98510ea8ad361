"""The years that are published: financial years that are over, so that none can be taken from another."""

import re
from datetime import date

from icv.rules.days import ONE_DAY, Period
from icv.rules.figures.headline import OnRecord
from icv.rules.figures.periods import financial_year

_KEY = re.compile(r"\d{4}-\d{2}")


def is_ended_year(period: Period, today: date) -> bool:
    return period == financial_year(period.first) and period.last < today


def ended_years(recorded: OnRecord, today: date) -> list[Period]:
    """From the first with a visit on record, latest first."""
    if recorded.visits is None:
        return []
    years = [financial_year(financial_year(today).first - ONE_DAY)]
    while years[-1].first > recorded.visits:
        years.append(financial_year(years[-1].first - ONE_DAY))
    return [year for year in years if year.last >= recorded.visits]


def year_key(year: Period) -> str:
    """2025-26, as it stands in addresses."""
    return f"{year.first.year}-{year.last.year % 100:02}"


def year_asked(key: str, years: list[Period]) -> Period | None:
    """The one of them that the key names."""
    return next((year for year in years if year_key(year) == key), None) if _KEY.fullmatch(key) else None
