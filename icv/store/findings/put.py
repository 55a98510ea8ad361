"""Findings as the police see them: those put to them, and no others."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import POLICE_READ, WITH_POLICE, EventKind, FindingState
from icv.store.findings.events import EventLine, events_of
from icv.store.findings.tables import Finding
from icv.store.suites import Suite
from icv.store.visits import Visit

_DUE_FIRST = (
    Finding.state.in_(WITH_POLICE).desc(),
    sa.case((Finding.state.in_(WITH_POLICE), Finding.due_on)).asc().nulls_last(),
    Finding.put_on.desc(),
    Finding.id,
)


@dataclass(frozen=True, slots=True)
class PutFinding:
    """A finding as the police see it: nothing leads to the visitors, the rota or the time of the visit."""

    id: int
    suite: str
    category: str
    state: FindingState
    is_serious: bool
    detail: str
    raised_on: date
    put_on: date
    due_on: date | None
    escalated_on: date | None
    events: tuple[EventLine, ...] = ()

    @property
    def awaits_reply(self) -> bool:
        return self.state in WITH_POLICE

    def is_overdue(self, today: date) -> bool:
        return self.awaits_reply and self.due_on is not None and self.due_on < today


def findings_put(session: Session, *, page: int, size: int) -> list[PutFinding]:
    """Those put to the police: what awaits a reply first, due first; then the latest. Without events."""
    rows = session.execute(_put().order_by(*_DUE_FIRST).limit(size).offset((page - 1) * size)).mappings()
    return [PutFinding(**row) for row in rows]


def findings_put_of(session: Session, of: sa.Select[Any]) -> list[PutFinding]:
    """The same of those whose ids are asked for."""
    rows = session.execute(_put().where(Finding.id.in_(of)).order_by(*_DUE_FIRST)).mappings()
    return [PutFinding(**row) for row in rows]


def how_many_put(session: Session) -> tuple[int, int]:
    """How many await a reply, and how many were ever put."""
    waiting, put = session.execute(
        sa.select(sa.func.count().filter(Finding.state.in_(WITH_POLICE)), sa.func.count())
        .select_from(Finding)
        .where(Finding.put_on.is_not(None))
    ).one()
    return waiting, put


def finding_put(session: Session, finding_id: int) -> PutFinding | None:
    """One that was put to the police, with the events they may read; any other is nothing to them."""
    row = session.execute(_put().where(Finding.id == finding_id)).mappings().one_or_none()
    events = events_of(session, finding_id, POLICE_READ) if row else ()
    return PutFinding(**row, events=tuple(_without_name(event) for event in events)) if row else None


def _without_name(event: EventLine) -> EventLine:
    """Their own officers alone are named: whoever acts for the scheme may be a visitor too."""
    return event if event.kind is EventKind.REPLIED else replace(event, by=None)


def _put() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Finding.id,
            Suite.name.label("suite"),
            Finding.category,
            Finding.state,
            Finding.is_serious,
            Finding.detail,
            Finding.raised_on,
            Finding.put_on,
            Finding.due_on,
            Finding.escalated_on,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.put_on.is_not(None))
    )
