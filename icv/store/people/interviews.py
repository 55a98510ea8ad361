"""Notes of interviews with applicants, and who may read what was said of somebody."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.store.accounts import Account
from icv.store.people.dated import Interview


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """`by` is the name of the account that entered it, None where nobody's is on record."""

    id: int
    held_on: date
    interviewers: str
    notes: str
    is_recommended: bool
    by: str | None
    made_at: datetime


def may_read_references(actor: Actor, person_id: int) -> bool:
    """Nobody reads what was said of themselves, a coordinator who visits neither."""
    return actor.may(Action.SEE_REFERENCES) and actor.person_id != person_id


def interviews_seen_by(session: Session, actor: Actor, person_id: int) -> list[InterviewLine]:
    """Latest first: of one day, the one entered last."""
    if not may_read_references(actor, person_id):
        return []
    rows = session.execute(
        sa.select(
            Interview.id,
            Interview.held_on,
            Interview.interviewers,
            Interview.notes,
            Interview.is_recommended,
            Account.name,
            Interview.made_at,
        )
        .outerjoin(Account, Account.id == Interview.made_by_id)
        .where(Interview.person_id == person_id)
        .order_by(Interview.held_on.desc(), Interview.id.desc())
    )
    return [InterviewLine(*row) for row in rows]
