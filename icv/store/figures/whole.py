"""The figures of a period, every part of them: what `icv stats` prints."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures, FindingFigures
from icv.rules.scheme import Choices
from icv.store.figures.attempts import Attempts, attempts
from icv.store.figures.door import AtTheDoor, at_the_door, entry_figures
from icv.store.figures.findings import finding_figures
from icv.store.figures.visits import visit_parts
from icv.store.figures.volunteers import volunteer_figures


def figures(session: Session, period: Period, *, as_of: date, choices: Choices) -> Figures:
    """The figures of the period as now recorded; `as_of` decides only what is due and what is overdue.

    Take the choices in force on the period's last day: a later change does not rewrite the past.
    """
    made = attempts(session, period)
    found = finding_figures(session, period, as_of=as_of)
    door = at_the_door(session, period, choices.grid)
    return figures_of(session, period, as_of=as_of, choices=choices, made=made, found=found, door=door)


def figures_of(
    session: Session,
    period: Period,
    *,
    as_of: date,
    choices: Choices,
    made: Attempts,
    found: FindingFigures,
    door: AtTheDoor,
) -> Figures:
    """The same for who has read already which visits were `made`, what `found` and who came to the `door`."""
    return Figures(
        period,
        *visit_parts(session, period, as_of=as_of, choices=choices, made=made, arrivals=door.arrivals),
        entry=entry_figures(door.waits),
        findings=found,
        volunteers=volunteer_figures(session, period),
    )
