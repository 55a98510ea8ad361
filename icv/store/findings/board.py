"""Findings as the coordinator sees them: the board of trays, one finding's thread, a visit's findings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, EventKind, FindingState
from icv.store.findings.events import EventLine, events_of
from icv.store.findings.tables import Finding
from icv.store.suites import Suite
from icv.store.visits import Visit


class Tray(StrEnum):
    """Where a finding lies on the board, in the order it passes through."""

    TO_DECIDE = "to-decide"
    WITH_POLICE = "with-police"
    REPLIED = "replied"
    CLOSED = "closed"
    ON_THE_SPOT = "on-the-spot"

    @property
    def words(self) -> str:
        return _TRAYS[self][0]


_TRAYS: dict[Tray, tuple[str, frozenset[FindingState]]] = {
    Tray.TO_DECIDE: ("To decide", frozenset({FindingState.RAISED})),
    Tray.WITH_POLICE: ("With the police", WITH_POLICE),
    Tray.REPLIED: ("Replied", frozenset({FindingState.REPLIED})),
    Tray.CLOSED: ("Closed", frozenset({FindingState.CLOSED})),
    Tray.ON_THE_SPOT: ("Settled at the visit", SETTLED_ON_THE_SPOT),
}
_LINE = (
    Finding.id,
    Finding.reference,
    Suite.name,
    Finding.category,
    Finding.state,
    Finding.is_serious,
    Finding.raised_on,
    Finding.due_on,
)
_SETTLED = frozenset({Tray.CLOSED, Tray.ON_THE_SPOT})


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding on the board."""

    id: int
    reference: str
    suite: str
    category: str
    state: FindingState
    is_serious: bool
    raised_on: date
    due_on: date | None

    def is_overdue(self, today: date) -> bool:
        return self.state in WITH_POLICE and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class FindingThread:
    """A finding with all that happened to it, oldest first."""

    id: int
    reference: str
    visit_id: int
    suite: str
    category: str
    state: FindingState
    is_serious: bool
    detail: str
    raised_on: date
    put_on: date | None
    due_on: date | None
    events: tuple[EventLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What the board is narrowed to; None: all."""

    suite_id: int | None = None
    category: str | None = None


def tray_counts(session: Session, sought: Sought) -> dict[Tray, int]:
    rows = session.execute(
        sa.select(Finding.state, sa.func.count())
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*_wanted(sought))
        .group_by(Finding.state)
    )
    counted = {state: number for state, number in rows}  # noqa: C416  dict() loses the types
    return {tray: sum(counted.get(state, 0) for state in states) for tray, (_, states) in _TRAYS.items()}


def tray(session: Session, which: Tray, sought: Sought, *, page: int, size: int) -> list[FindingLine]:
    """What is due first comes first, and so what is overdue; settled ones latest first."""
    order = (
        (Finding.raised_on.desc(), Finding.id.desc())
        if which in _SETTLED
        else (Finding.due_on.asc().nulls_last(), Finding.is_serious.desc(), Finding.raised_on, Finding.id)
    )
    rows = session.execute(
        sa.select(*_LINE)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.state.in_(_TRAYS[which][1]), *_wanted(sought))
        .order_by(*order)
        .limit(size)
        .offset((page - 1) * size)
    )
    return [FindingLine(*row) for row in rows]


def thread(session: Session, finding_id: int) -> FindingThread | None:
    """As the coordinator reads it."""
    row = (
        session.execute(
            sa.select(
                Finding.id,
                Finding.reference,
                Finding.visit_id,
                Suite.name.label("suite"),
                Finding.category,
                Finding.state,
                Finding.is_serious,
                Finding.detail,
                Finding.raised_on,
                Finding.put_on,
                Finding.due_on,
            )
            .join(Visit, Visit.id == Finding.visit_id)
            .join(Suite, Suite.id == Visit.suite_id)
            .where(Finding.id == finding_id)
        )
        .mappings()
        .one_or_none()
    )
    return FindingThread(**row, events=events_of(session, finding_id, frozenset(EventKind))) if row else None


def findings_of(session: Session, visit_id: int) -> list[FindingLine]:
    """Those of one visit, in the order they were raised."""
    rows = session.execute(
        sa.select(*_LINE)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.visit_id == visit_id)
        .order_by(Finding.id)
    )
    return [FindingLine(*row) for row in rows]


def _wanted(sought: Sought) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if sought.suite_id is not None:
        conditions.append(Visit.suite_id == sought.suite_id)
    if sought.category is not None:
        conditions.append(Finding.category == sought.category)
    return conditions
