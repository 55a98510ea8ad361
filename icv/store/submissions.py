"""What phones sent: whose visit it is of, and the copies kept apart for the coordinator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.signing import SubmissionState
from icv.rules.visits import HELD, VisitKind
from icv.store.accounts import Account
from icv.store.suites import Suite
from icv.store.visits import Duty, Submission, Visit


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy kept apart. `sent_by`: None where the partner had saved it. `settled_at`: None while it waits.

    `is_after_duty`: whoever sent it held no duty on the visit any more when it came in.

    `content` holds `fields`, as a phone sent them, or `answers`, as a draft kept them, by part.
    """

    id: int
    visit_id: int
    form_version: int
    content: Mapping[str, Any]
    received_at: datetime
    sent_by: str | None
    settled_at: datetime | None
    is_after_duty: bool


@dataclass(frozen=True, slots=True)
class LostVisit:
    """A visit that was somebody's and is not any more: what they knew of it, and nothing since."""

    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    kind: VisitKind


@dataclass(frozen=True, slots=True)
class WaitingCopies:
    """A visit with copies that nobody has settled; `since` the first of them came in."""

    visit_id: int
    visit_reference: str
    suite: str
    week_starts_on: date
    copies: int
    since: datetime


def writes_report_of(session: Session, actor: Actor, visit_id: int) -> bool:
    """Whether the actor is one of the two who report on the visit."""
    return bool(session.scalar(sa.select(_duty(actor, visit_id, Duty.state.in_(HELD)))))


def held_duty_once(session: Session, actor: Actor, visit_id: int) -> bool:
    """Whether the actor holds a duty on the visit, or did: whose phone may have a report of it."""
    return bool(session.scalar(sa.select(_duty(actor, visit_id))))


def visit_lost_by(session: Session, actor: Actor, visit_id: int) -> LostVisit | None:
    """The visit, if the actor held a duty on it once and holds none now."""
    lost = _duty(actor, visit_id), ~_duty(actor, visit_id, Duty.state.in_(HELD))
    row = session.execute(
        sa.select(Visit.id, Suite.name, Visit.week_starts_on, Visit.week_ends_on, Visit.kind)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Visit.id == visit_id, *lost)
    ).one_or_none()
    return LostVisit(*row) if row else None


def _duty(actor: Actor, visit_id: int, *more: sa.ColumnElement[bool]) -> sa.Exists:
    return sa.exists().where(Duty.visit_id == visit_id, Duty.person_id == actor.person_id, *more)


def copies_of(session: Session, visit_id: int) -> list[Copy]:
    """The copies of a visit's report, those that wait first, then in the order they came."""
    rows = session.execute(
        sa.select(
            Submission.id,
            Submission.visit_id,
            Submission.form_version,
            Submission.content,
            Submission.received_at,
            Account.name,
            Submission.settled_at,
            Submission.is_after_duty,
        )
        .outerjoin(Account, Account.id == Submission.sent_by_id)
        .where(Submission.visit_id == visit_id, Submission.state != SubmissionState.FILED)
        .order_by(Submission.settled_at.is_not(None), Submission.id)
    )
    return [Copy(*row) for row in rows]


def waiting_copies(session: Session) -> list[WaitingCopies]:
    """Visits of which a copy waits for the coordinator, the longest wait first."""
    since = sa.func.min(Submission.received_at)
    rows = session.execute(
        sa.select(Visit.id, Visit.reference, Suite.name, Visit.week_starts_on, sa.func.count(), since)
        .join(Visit, Visit.id == Submission.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Submission.state == SubmissionState.APART)
        .group_by(Visit.id, Visit.reference, Suite.name, Visit.week_starts_on)
        .order_by(since, Visit.id)
    )
    return [WaitingCopies(*row) for row in rows]
