"""The figures of a period, every part of them: what `icv stats` prints."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.scheme import Choices
from icv.store.figures.findings import finding_figures
from icv.store.figures.visits import visit_parts
from icv.store.figures.volunteers import volunteer_figures


def figures(session: Session, period: Period, *, as_of: date, choices: Choices) -> Figures:
    """The figures of the period as now recorded; `as_of` decides only what is due and what is overdue.

    Take the choices in force on the period's last day: a later change does not rewrite the past.
    """
    visits, suites, detainees, entry = visit_parts(session, period, as_of=as_of, choices=choices)
    findings = finding_figures(session, period, as_of=as_of)
    return Figures(period, visits, suites, detainees, entry, findings, volunteer_figures(session, period))
