"""Findings as the police see them: those put to them, and no others."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.findings import POLICE_READ, WITH_POLICE, EventKind, FindingState
from icv.store.findings.events import EventLine, events_of
from icv.store.findings.tables import Finding, FindingEvent
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Visit

_DUE_FIRST = (
    Finding.state.in_(WITH_POLICE).desc(),
    sa.case((Finding.state.in_(WITH_POLICE), Finding.due_on)).asc().nulls_last(),
    Finding.put_on.desc(),
    Finding.id,
)


@dataclass(frozen=True, slots=True)
class SoughtPut:
    """What a list is narrowed to; None: all. `put_before` is a day: those put to the police earlier."""

    suite_id: int | None = None
    put_before: date | None = None
    awaits_reply: bool | None = None


@dataclass(frozen=True, slots=True)
class PutFinding:
    """A finding as the police see it: nothing leads to the visitors, the rota or the time of the visit.

    `seen_in` is the first of the month it was raised in: the day would be the visit's own. `put_on` is
    None where it was recorded later as that same day: then only whoever kept the old records knows it.
    """

    id: int
    suite: str
    category: str
    state: FindingState
    is_serious: bool
    detail: str
    seen_in: date
    put_on: date | None
    due_on: date | None
    escalated_on: date | None
    events: tuple[EventLine, ...] = ()

    @property
    def awaits_reply(self) -> bool:
        return self.state in WITH_POLICE

    def is_overdue(self, today: date) -> bool:
        return self.awaits_reply and self.due_on is not None and self.due_on < today


def findings_put(
    session: Session, *, page: int, size: int, sought: SoughtPut = SoughtPut()
) -> list[PutFinding]:
    """What awaits a reply first, due first, so what is overdue leads; then the latest. Without events."""
    asked = _put().where(*_wanted(sought)).order_by(*_DUE_FIRST)
    rows = session.execute(asked.limit(size).offset((page - 1) * size)).mappings()
    return [_as_put(row) for row in rows]


def findings_put_of(session: Session, of: sa.Select[Any]) -> list[PutFinding]:
    """The same of those whose ids are asked for."""
    rows = session.execute(_put().where(Finding.id.in_(of)).order_by(*_DUE_FIRST)).mappings()
    return [_as_put(row) for row in rows]


@dataclass(frozen=True, slots=True)
class PutCounts:
    """How many await a reply, how many of those are overdue, and how many were ever put."""

    waiting: int
    overdue: int
    put: int


def how_many_put(session: Session, sought: SoughtPut, today: date) -> PutCounts:
    waits = Finding.state.in_(WITH_POLICE)
    counts = session.execute(
        sa.select(
            sa.func.count().filter(waits),
            sa.func.count().filter(waits, Finding.due_on < today),
            sa.func.count(),
        )
        .select_from(Finding)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(Finding.put_on.is_not(None), *_wanted(sought))
    ).one()
    return PutCounts(*counts)


def finding_put(session: Session, finding_id: int) -> PutFinding | None:
    """One that was put to the police, with the events they may read; any other is nothing to them."""
    row = session.execute(_put().where(Finding.id == finding_id)).mappings().one_or_none()
    return _as_put(row, events_of(session, finding_id, POLICE_READ)) if row else None


def _wanted(sought: SoughtPut) -> list[sa.ColumnElement[bool]]:
    asked: list[sa.ColumnElement[bool]] = []
    if sought.suite_id is not None:
        asked.append(Visit.suite_id == sought.suite_id)
    if sought.put_before is not None:
        asked.append(Finding.put_on < sought.put_before)
    if sought.awaits_reply is not None:
        is_there = Finding.state.in_(WITH_POLICE)
        asked.append(is_there if sought.awaits_reply else ~is_there)
    return asked


def _as_put(row: sa.RowMapping, events: tuple[EventLine, ...] = ()) -> PutFinding:
    raised_on: date = row["raised_on"]
    put_at: datetime | None = row["put_at"]
    shown = {name: value for name, value in row.items() if name not in ("raised_on", "put_at")}
    if put_at and row["put_on"] == raised_on < london_day(put_at):
        shown["put_on"] = None
    told = [
        event
        for event in events
        if event.happened_at or not (event.kind in _SUPPOSED and event.on == raised_on)
    ]
    return PutFinding(
        **shown, seen_in=raised_on.replace(day=1), events=tuple(_without_name(event) for event in told)
    )


def _without_name(event: EventLine) -> EventLine:
    """Their own officers alone are named: whoever acts for the scheme may be a visitor too."""
    return event if event.kind is EventKind.REPLIED else replace(event, by=None)


_PUT_AT = (
    sa.select(sa.func.min(FindingEvent.made_at))
    .where(FindingEvent.finding_id == Finding.id, FindingEvent.kind == EventKind.PUT_TO_POLICE)
    .correlate(Finding)
    .scalar_subquery()
    .label("put_at")
)
"""When it was recorded that it was put to them."""
_SUPPOSED = frozenset({EventKind.PUT_TO_POLICE, EventKind.REOPENED})
"""Events that a file brought in tells no day of: they are kept as of the day it was raised."""


def _put() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Finding.id,
            PLACE_OF_VISIT.label("suite"),
            Finding.category,
            Finding.state,
            Finding.is_serious,
            Finding.detail,
            Finding.raised_on,
            Finding.put_on,
            _PUT_AT,
            Finding.due_on,
            Finding.escalated_on,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.put_on.is_not(None))
    )
