"""The figures of a period, every part of them: what `icv stats` prints."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures, FindingFigures
from icv.rules.scheme import Choices
from icv.store.figures.attempts import Attempts, attempts
from icv.store.figures.door import AtTheDoor, at_the_door, entry_figures
from icv.store.figures.findings import finding_figures
from icv.store.figures.rounds import RoundBegun, rounds_begun
from icv.store.figures.visits import visit_parts
from icv.store.figures.volunteers import volunteer_figures


def figures(session: Session, period: Period, *, as_of: date, choices: Choices) -> Figures:
    """The figures of the period as now recorded; `as_of` decides only what is due and what is overdue.

    Take the choices in force on the period's last day: a later change does not rewrite the past.
    """
    made = attempts(session, period)
    found = finding_figures(session, period, as_of=as_of)
    door = at_the_door(session, period, choices.grid)
    begun = rounds_begun(session, period.last)
    return figures_of(
        session, period, as_of=as_of, choices=choices, made=made, found=found, door=door, begun=begun
    )


def figures_of(
    session: Session,
    period: Period,
    *,
    as_of: date,
    choices: Choices,
    made: Attempts,
    found: FindingFigures,
    door: AtTheDoor,
    begun: Sequence[RoundBegun],
) -> Figures:
    """The same for who has read already which visits were `made`, what was `found`, who came to the `door`,
    and which recruitment rounds had `begun`.
    """
    return Figures(
        period,
        *visit_parts(session, period, as_of=as_of, choices=choices, made=made, arrivals=door.arrivals),
        entry=entry_figures(door.waits),
        findings=found,
        volunteers=volunteer_figures(session, period, begun),
    )
