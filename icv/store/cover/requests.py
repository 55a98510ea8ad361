"""One request for cover or a swap, for whoever asked, whoever was asked, and the coordinator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.cover import CoverAnswer, CoverKind, CoverState
from icv.store.cover.duties import DutyInHand, duty_columns
from icv.store.cover.lists import Asked
from icv.store.cover.tables import CoverAsk, CoverRequest
from icv.store.people import Person
from icv.store.visits import Duty


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the duty it is about. `by_coordinator`: the coordinator asked for the visitor."""

    duty: DutyInHand
    id: int
    kind: CoverKind
    state: CoverState
    words: str
    asked_at: datetime
    settled_at: datetime | None
    taken_by_id: int | None
    taken_by: str
    by_coordinator: bool

    @property
    def stands(self) -> bool:
        """Whether it waits for somebody to take it; its last day is not looked at."""
        return self.state is CoverState.OPEN and self.duty.is_to_come


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request as one person sees it: their own (`is_own`), or put to them, with what they answered."""

    request: Request
    is_own: bool
    answer: CoverAnswer | None
    offered_duty_id: int | None


def request(session: Session, request_id: int) -> Request | None:
    row = session.execute(_requests().where(CoverRequest.id == request_id)).one_or_none()
    return _made(tuple(row)) if row else None


def request_with_asked(session: Session, request_id: int) -> tuple[Request, list[Asked]] | None:
    """The request and whom it was put to, by name, in one query."""
    one = aliased(Person)
    rows = session.execute(
        _requests()
        .add_columns(one.id, one.name, one.email, CoverAsk.answer, CoverAsk.offered_duty_id)
        .join(CoverAsk, CoverAsk.request_id == CoverRequest.id)
        .join(one, one.id == CoverAsk.person_id)
        .where(CoverRequest.id == request_id)
        .order_by(sa.func.lower(one.name), one.id)
    ).all()
    values: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return (_made(values[0][:-5]), [Asked(*row[-5:]) for row in values]) if rows else None


def open_request_of(session: Session, duty_id: int) -> Request | None:
    """The one that a duty has, if it has one."""
    of_duty = CoverRequest.duty_id == duty_id, CoverRequest.state == CoverState.OPEN
    row = session.execute(_requests().where(*of_duty)).one_or_none()
    return _made(tuple(row)) if row else None


def request_seen_by(session: Session, actor: Actor, request_id: int) -> SeenRequest | None:
    """The actor's own request, or one put to them; None for anybody else's."""
    found = request(session, request_id)
    if found is None or actor.person_id is None:
        return None
    if found.duty.person_id == actor.person_id:
        return SeenRequest(found, True, None, _offered(session, request_id))
    ask = session.execute(
        sa.select(CoverAsk.answer, CoverAsk.offered_duty_id).where(
            CoverAsk.request_id == request_id, CoverAsk.person_id == actor.person_id
        )
    ).one_or_none()
    return SeenRequest(found, False, ask.answer, ask.offered_duty_id) if ask else None


def _offered(session: Session, request_id: int) -> int | None:
    return session.scalar(
        sa.select(CoverAsk.offered_duty_id).where(
            CoverAsk.request_id == request_id, CoverAsk.offered_duty_id.is_not(None)
        )
    )


def _requests() -> sa.Select[*tuple[Any, ...]]:
    columns, joins = duty_columns()
    taker = aliased(Person)
    asked = sa.select(
        CoverRequest.id,
        CoverRequest.kind,
        CoverRequest.state,
        CoverRequest.words,
        CoverRequest.asked_at,
        CoverRequest.settled_at,
        CoverRequest.taken_by_id,
        sa.func.coalesce(taker.name, ""),
        CoverRequest.asked_by_id.is_distinct_from(Person.account_id),
        *columns,
    ).select_from(CoverRequest)
    asked = joins.to(asked.join(Duty, Duty.id == CoverRequest.duty_id))
    return asked.outerjoin(taker, taker.id == CoverRequest.taken_by_id)


def _made(values: tuple[Any, ...]) -> Request:
    return Request(DutyInHand(*values[9:]), *values[:9])
