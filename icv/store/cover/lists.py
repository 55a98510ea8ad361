"""Lists of requests: those put to somebody, somebody's own, those open in the whole scheme, who was asked."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.cover import CoverAnswer, CoverKind, CoverState
from icv.rules.visits import visit_in_words
from icv.store.cover.tables import CoverAsk, CoverRequest
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import IS_TO_COME, Duty, Visit


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """An open request put to somebody who has not answered it; `name` is whose visit it is."""

    request_id: int
    kind: CoverKind
    name: str
    suite: str
    week_starts_on: date
    week_ends_on: date

    @property
    def words(self) -> str:
        return visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """An open request of one's own: how many were asked, and how many of them cannot."""

    request_id: int
    kind: CoverKind
    asked: int
    cannot: int


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for somebody, as the coordinator reads it."""

    request_id: int
    kind: CoverKind
    duty_id: int
    person_id: int
    name: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    asked_at: datetime
    asked: int
    cannot: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody a request was put to, with the duty that they would give in a swap."""

    person_id: int
    name: str
    email: str
    answer: CoverAnswer | None
    offered_duty_id: int | None


def asked_of(session: Session, actor: Actor, *, first_week_on: date) -> list[AskedOfMe]:
    """Unanswered ones whose week starts that day or later, by week. A swap may have an earlier other week."""
    offered, its_visit = aliased(Duty), aliased(Visit)
    rows = session.execute(
        sa.select(
            CoverRequest.id,
            CoverRequest.kind,
            Person.name,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
        )
        .select_from(CoverAsk)
        .join(CoverRequest, CoverRequest.id == CoverAsk.request_id)
        .join(Duty, Duty.id == CoverRequest.duty_id)
        .join(Person, Person.id == Duty.person_id)
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(offered, offered.id == CoverAsk.offered_duty_id)
        .outerjoin(its_visit, its_visit.id == offered.visit_id)
        .where(
            CoverAsk.person_id == actor.person_id,
            CoverAsk.answer.is_(None),
            CoverRequest.state == CoverState.OPEN,
            IS_TO_COME,
            Visit.week_starts_on >= first_week_on,
            sa.or_(its_visit.id.is_(None), its_visit.week_starts_on >= first_week_on),
        )
        .order_by(Visit.week_starts_on, CoverRequest.id)
    )
    return [AskedOfMe(*row) for row in rows]


_ASKED = sa.func.count(CoverAsk.person_id)
_CANNOT = _ASKED.filter(CoverAsk.answer == CoverAnswer.NO)


def own_requests(session: Session, actor: Actor) -> dict[int, OwnRequest]:
    """Open ones, by duty."""
    rows = session.execute(
        sa.select(CoverRequest.duty_id, CoverRequest.id, CoverRequest.kind, _ASKED, _CANNOT)
        .join(Duty, Duty.id == CoverRequest.duty_id)
        .join(CoverAsk, CoverAsk.request_id == CoverRequest.id)
        .where(Duty.person_id == actor.person_id, CoverRequest.state == CoverState.OPEN)
        .group_by(CoverRequest.duty_id, CoverRequest.id, CoverRequest.kind)
    )
    return {row[0]: OwnRequest(row[1], row[2], row[3], row[4]) for row in rows}


def requests_open(session: Session, rota_id: int | None = None) -> list[OpenRequest]:
    """Of duties still held and visits not made, by week; of one rota, where it is given."""
    asked = (
        sa.select(
            CoverRequest.id,
            CoverRequest.kind,
            Duty.id,
            Person.id,
            Person.name,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            CoverRequest.asked_at,
            _ASKED,
            _CANNOT,
        )
        .join(Duty, Duty.id == CoverRequest.duty_id)
        .join(Person, Person.id == Duty.person_id)
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .join(CoverAsk, CoverAsk.request_id == CoverRequest.id)
        .where(CoverRequest.state == CoverState.OPEN, IS_TO_COME)
        .group_by(CoverRequest.id, Duty.id, Person.id, Suite.id, Visit.id)
        .order_by(Visit.week_starts_on, Suite.name, CoverRequest.id)
    )
    if rota_id is not None:
        asked = asked.where(Visit.rota_id == rota_id)
    return [OpenRequest(*row) for row in session.execute(asked)]


def people_asked(session: Session, request_id: int) -> list[Asked]:
    """By name."""
    rows = session.execute(
        sa.select(Person.id, Person.name, Person.email, CoverAsk.answer, CoverAsk.offered_duty_id)
        .join(CoverAsk, CoverAsk.person_id == Person.id)
        .where(CoverAsk.request_id == request_id)
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [Asked(*row) for row in rows]


def answered_for(session: Session, actor: Actor) -> frozenset[int]:
    """The actor's duties that the coordinator answered for them."""
    return frozenset(
        session.scalars(sa.select(Duty.id).where(Duty.person_id == actor.person_id, Duty.was_answered_for))
    )
