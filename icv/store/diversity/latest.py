"""The count of visitors' diversity that a period shows."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.figures.diversity import Diversity, InOffice, may_be_shown
from icv.store.diversity.surveys import members_on, numbers_of
from icv.store.diversity.tables import Survey
from icv.store.people import Person


def diversity_on(session: Session, day: date, threshold: int) -> Diversity | None:
    """The latest counted by that day of those that may be shown; None where there is none."""
    entered = session.execute(
        sa.select(Survey.id, Survey.counted_on, Survey.county_source).order_by(Survey.id)
    ).all()
    by_then = [row for row in entered if row.counted_on <= day]
    if not by_then:
        return None
    shown = may_be_shown(
        (row.counted_on for row in entered), _visitors(session) if len(entered) > 1 else (), threshold
    )
    fit = [row for row in by_then if row.counted_on in shown]
    if not fit:
        return None
    latest = max(fit, key=lambda row: row.counted_on)
    last_day = max(row.counted_on for row in by_then)
    return Diversity(
        latest.counted_on,
        members_on(session, latest.counted_on),
        latest.county_source,
        *numbers_of(session, latest.id),
        held_back=last_day if last_day > latest.counted_on else None,
    )


def _visitors(session: Session) -> Sequence[InOffice]:
    """Everybody who ever was one: when they joined, and when they no longer belonged."""
    rows = session.execute(
        sa.select(Person.appointed_on, Person.left_on).where(Person.appointed_on.is_not(None))
    )
    return [(joined, left) for joined, left in rows if joined is not None]
