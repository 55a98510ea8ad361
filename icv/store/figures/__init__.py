"""Figures: counted afresh from the records of a period, in as many queries for ten years as for a month."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.scheme import Choices
from icv.store.figures.findings import finding_figures
from icv.store.figures.quarterly import CategoryLine, Positive, Quarterly, quarterly
from icv.store.figures.visits import completion, visit_parts
from icv.store.figures.volunteers import volunteer_figures
from icv.store.visits import Visit

__all__ = [
    "CategoryLine",
    "Positive",
    "Quarterly",
    "completion",
    "earliest_week",
    "figures",
    "quarterly",
]

_EARLIEST_WEEK = sa.select(sa.func.min(Visit.week_starts_on))


def earliest_week(session: Session) -> date | None:
    """The first day of the first week on record, None before there is any."""
    return session.scalar(_EARLIEST_WEEK)


def figures(session: Session, period: Period, *, as_of: date, choices: Choices) -> Figures:
    """The figures of the period as now recorded; `as_of` decides only what is due and what is overdue.

    Take the choices in force on the period's last day: a later change does not rewrite the past.
    """
    visits, suites, detainees, entry = visit_parts(session, period, as_of=as_of, choices=choices)
    findings = finding_figures(session, period, as_of=as_of)
    return Figures(period, visits, suites, detainees, entry, findings, volunteer_figures(session, period))
