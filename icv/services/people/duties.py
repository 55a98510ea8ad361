"""Duties of one person: which are held, and giving them back."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.visits import DutyState
from icv.store.trail import note
from icv.store.visits import IS_TO_COME, Duty, Visit


def duties_held(session: Session, person_id: int, from_day: date) -> list[tuple[Duty, date]]:
    """Held duties of visits not made yet, of weeks that end on the day or later; with each week’s Monday."""
    rows = session.execute(
        sa.select(Duty, Visit.week_starts_on)
        .join(Visit, Visit.id == Duty.visit_id)
        .where(Duty.person_id == person_id, IS_TO_COME, Visit.week_ends_on >= from_day)
        .order_by(Visit.week_starts_on, Duty.id)
    )
    return [(duty, week_starts_on) for duty, week_starts_on in rows]


def release(session: Session, duties: Sequence[Duty], reason: str, *, by: Actor, at: datetime) -> None:
    """Calendars learn of it by the sequence, the rota by the state."""
    for duty in duties:
        duty.become(DutyState.RELEASED, reason, at=at)
        note(session, "release", "duty", duty.id, by=by.account_id, at=at, visit=duty.visit_id)
