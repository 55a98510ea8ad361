"""What is looked at by the hour: requests whose time is over or not answered, and duties that come near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.cover import CoverKind, CoverState
from icv.rules.visits import HELD, DutyState, visit_in_words
from icv.store.cover.tables import CoverAsk, CoverRequest
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import IS_TO_COME, Duty, Visit


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who was asked and has said nothing. `first_week_on`: of a swap, the earlier of its weeks."""

    request_id: int
    kind: CoverKind
    asked_at: datetime
    person_id: int
    name: str
    email: str
    holder: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    other_week_on: date | None

    @property
    def first_week_on(self) -> date:
        return min(self.week_starts_on, self.other_week_on or self.week_starts_on)

    @property
    def words(self) -> str:
        return visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)


def requests_over(session: Session, *, before: date) -> Sequence[int]:
    """Open ones of visits whose week starts before the day, and of those no longer held or to be made."""
    offered, its_visit = aliased(Duty), aliased(Visit)
    return session.scalars(
        sa.select(CoverRequest.id)
        .join(Duty, Duty.id == CoverRequest.duty_id)
        .join(Visit, Visit.id == Duty.visit_id)
        .outerjoin(
            CoverAsk, sa.and_(CoverAsk.request_id == CoverRequest.id, CoverAsk.offered_duty_id.is_not(None))
        )
        .outerjoin(offered, offered.id == CoverAsk.offered_duty_id)
        .outerjoin(its_visit, its_visit.id == offered.visit_id)
        .where(
            CoverRequest.state == CoverState.OPEN,
            sa.or_(
                sa.not_(IS_TO_COME),
                Visit.week_starts_on < before,
                its_visit.week_starts_on < before,
                its_visit.outcome.is_not(None),
                offered.state.not_in(HELD),
            ),
        )
        .order_by(CoverRequest.id)
    ).all()


def requests_unanswered(session: Session, *, from_day: date) -> list[Unanswered]:
    """Of open requests whose week starts that day or later, by request and name."""
    holder, offered, its_visit = aliased(Person), aliased(Duty), aliased(Visit)
    rows = session.execute(
        sa.select(
            CoverRequest.id,
            CoverRequest.kind,
            CoverAsk.asked_at,
            Person.id,
            Person.name,
            Person.email,
            holder.name,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            its_visit.week_starts_on,
        )
        .select_from(CoverAsk)
        .join(CoverRequest, CoverRequest.id == CoverAsk.request_id)
        .join(Person, Person.id == CoverAsk.person_id)
        .join(Duty, Duty.id == CoverRequest.duty_id)
        .join(holder, holder.id == Duty.person_id)
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(offered, offered.id == CoverAsk.offered_duty_id)
        .outerjoin(its_visit, its_visit.id == offered.visit_id)
        .where(
            CoverRequest.state == CoverState.OPEN,
            CoverAsk.answer.is_(None),
            IS_TO_COME,
            Visit.week_starts_on >= from_day,
        )
        .order_by(CoverRequest.id, Person.name, Person.id)
    )
    return [Unanswered(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class DutyToCome:
    """A duty that somebody holds and has still to make. `changed_at`: when it was given, or accepted."""

    duty_id: int
    state: DutyState
    changed_at: datetime
    name: str
    email: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    partner: str

    @property
    def words(self) -> str:
        """Euston Street, week of 9 March to 15 March 2026, with Ann Hart"""
        where = visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)
        return f"{where}, with {self.partner}" if self.partner else where


def duties_to_come(session: Session, *, from_day: date, days: int) -> list[DutyToCome]:
    """Of weeks that start after the day, and no more than so many days after it."""
    other, partner = aliased(Duty), aliased(Person)
    rows = session.execute(
        sa.select(
            Duty.id,
            Duty.state,
            Duty.changed_at,
            Person.name,
            Person.email,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            sa.func.coalesce(partner.name, ""),
        )
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .join(Person, Person.id == Duty.person_id)
        .outerjoin(
            other,
            sa.and_(other.visit_id == Duty.visit_id, other.place != Duty.place, other.state.in_(HELD)),
        )
        .outerjoin(partner, partner.id == other.person_id)
        .where(
            IS_TO_COME,
            Visit.week_starts_on > from_day,
            Visit.week_starts_on <= from_day + timedelta(days=days),
        )
        .order_by(Visit.week_starts_on, Duty.id)
    )
    return [DutyToCome(*row) for row in rows]
