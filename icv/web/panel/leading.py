"""Where the panel's page leads: other periods, and for the coordinator what is made of the figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from icv.rules.days import Period
from icv.rules.figures import previous
from icv.rules.figures.periods import (
    NamedPeriod,
    PeriodKind,
    months_to_choose,
    periods_to_choose,
    usual_periods,
)
from icv.web.clock import today
from icv.web.pages import choices
from icv.web.panel.asked import is_coordinator

_KINDS = (PeriodKind.CYCLE, PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR, PeriodKind.YEAR)
_OFFERED = (
    ("Panel papers", "papers.index", False),
    ("Quality binder", "binder.index", True),
    ("Beside other schemes", "comparing.index", False),
    ("Diversity of visitors", "diversity.show", False),
    ("Public statistics", "statistics.show", False),
)
"""For the coordinator: words, endpoint, and whether it takes the period."""


@dataclass(frozen=True, slots=True)
class Periods:
    """`kinds` are (words, periods of the kind), `months` (value, words)."""

    usual: list[NamedPeriod]
    kinds: list[tuple[str, list[NamedPeriod]]]
    months: list[tuple[str, str]]


def periods_offered(period: Period, earliest: date | None) -> Periods:
    now = today()
    return Periods(
        [NamedPeriod("The period before", previous(period)), *usual_periods(period, now)],
        [(kind.words, periods_to_choose(kind, earliest, now)) for kind in _KINDS],
        months_to_choose(earliest, now),
    )


def as_arguments(period: Period) -> dict[str, Any]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def offered(period: Period) -> list[tuple[str, str]]:
    """Words and address."""
    return [
        (words, url_for(endpoint, **(as_arguments(period) if takes_period else {})))
        for words, endpoint, takes_period in _OFFERED
        if is_coordinator() and (endpoint != "statistics.show" or choices().publishes_statistics)
    ]
