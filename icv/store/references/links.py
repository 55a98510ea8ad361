"""What the holder of a link finds: whom it asks about, and whether it may still be answered."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.refereeing import DECLINED
from icv.rules.stages import PIPELINE
from icv.store.people import Person, Referee, step_on
from icv.store.references.tables import ReferenceLink


class Open(StrEnum):
    """How things stand with a link that leads to somebody."""

    YES = "yes"
    RECEIVED = "received"
    DECLINED = "declined"
    NOT_NEEDED = "not needed"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class Asked:
    """`on` is the day it was received or declined, or the last day an answer is in time."""

    referee_id: int
    applicant: str
    referee: str
    open: Open
    on: date | None


def asked_by_link(session: Session, token_digest: str, *, at: datetime) -> Asked | None:
    """None: no such link, or one that is dead because the address it went to was wrong."""
    today = london_day(at)
    step, is_theirs = step_on(today)
    row = session.execute(
        sa.select(Referee, Person.name, step.stage, ReferenceLink.expires_at)
        .join(ReferenceLink, ReferenceLink.referee_id == Referee.id)
        .join(Person, Person.id == Referee.person_id)
        .outerjoin(step, is_theirs)
        .where(ReferenceLink.token_digest == token_digest)
    ).one_or_none()
    if row is None:
        return None
    referee, applicant, stage, expires_at = row
    if referee.answered_at is not None:
        has_declined = DECLINED in (referee.answer or {})
        received_on = london_day(referee.answered_at)
        how = Open.DECLINED if has_declined else Open.RECEIVED
        return Asked(referee.id, applicant, referee.name, how, received_on)
    if referee.given_up_on is not None or (stage is not None and stage not in PIPELINE):
        return Asked(referee.id, applicant, referee.name, Open.NOT_NEEDED, None)
    how = Open.YES if at < expires_at else Open.TOO_LATE
    return Asked(referee.id, applicant, referee.name, how, referee.fails_on)
