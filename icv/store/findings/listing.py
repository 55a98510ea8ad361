"""Findings as the coordinator lists them: by where they lie, narrowed and ordered; and a visit's findings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, EventKind, FindingState, may
from icv.store.findings.tables import Finding, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Visit


class Tray(StrEnum):
    """Where a finding lies on the board, in the order it passes through; and all of them."""

    TO_DECIDE = "to-decide"
    WITH_POLICE = "with-police"
    REPLIED = "replied"
    CLOSED = "closed"
    ON_THE_SPOT = "on-the-spot"
    ALL = "all"

    @property
    def words(self) -> str:
        return _TRAYS[self][0]

    @property
    def states(self) -> frozenset[FindingState]:
        return _TRAYS[self][1]


_TRAYS: dict[Tray, tuple[str, frozenset[FindingState]]] = {
    Tray.TO_DECIDE: ("To decide", frozenset({FindingState.RAISED})),
    Tray.WITH_POLICE: ("With the police", WITH_POLICE),
    Tray.REPLIED: ("Replied", frozenset({FindingState.REPLIED})),
    Tray.CLOSED: ("Closed", frozenset({FindingState.CLOSED})),
    Tray.ON_THE_SPOT: ("Settled at the visit", SETTLED_ON_THE_SPOT),
    Tray.ALL: ("All", frozenset(FindingState)),
}
MOST_DIGITS = 9
"""Of the number of a finding: a longer one is none, and no database holds it."""
OPEN_TRAYS = (Tray.TO_DECIDE, Tray.WITH_POLICE, Tray.REPLIED)
"""Those whose findings still wait for somebody."""


class Order(StrEnum):
    """What comes first in a list."""

    DUE = "due"
    OLDEST = "oldest"
    LATEST = "latest"
    SERIOUS = "serious"
    SUITE = "suite"
    CATEGORY = "category"
    STATE = "state"

    @property
    def words(self) -> str:
        return _ORDERS[self][0]


_BY_AGE = (Finding.raised_on, Finding.id)
_BY_DAY_DUE = (
    sa.case((Finding.state.in_(WITH_POLICE), Finding.due_on)).asc().nulls_last(),
    Finding.is_serious.desc(),
    *_BY_AGE,
)
_ORDERS: dict[Order, tuple[str, tuple[Any, ...]]] = {
    Order.DUE: ("Reply due first", _BY_DAY_DUE),
    Order.OLDEST: ("Oldest first", _BY_AGE),
    Order.LATEST: ("Latest first", (Finding.raised_on.desc(), Finding.id.desc())),
    Order.SERIOUS: ("Serious first", (Finding.is_serious.desc(), *_BY_DAY_DUE)),
    Order.SUITE: ("By suite", (Suite.name, *_BY_DAY_DUE)),
    Order.CATEGORY: ("By category", (Finding.category, *_BY_DAY_DUE)),
    Order.STATE: ("By state", (Finding.state, *_BY_DAY_DUE)),
}
_IS_LATEST_FIRST = frozenset({Tray.CLOSED, Tray.ON_THE_SPOT, Tray.ALL})


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in a list."""

    id: int
    reference: str
    suite: str
    category: str
    state: FindingState
    is_serious: bool
    raised_on: date
    due_on: date | None
    escalated_on: date | None
    themes: tuple[str, ...] = ()

    @property
    def reply_due_on(self) -> date | None:
        """None where no reply is awaited."""
        return self.due_on if self.state in WITH_POLICE else None

    def is_overdue(self, today: date) -> bool:
        return self.reply_due_on is not None and self.reply_due_on < today

    def may(self, kind: EventKind) -> bool:
        return may(kind, self.state)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is narrowed to; None or empty: all. `words` stand in a reference, or are a number."""

    suite_id: int | None = None
    category: str | None = None
    theme: str | None = None
    is_serious: bool = False
    words: str = ""
    order: Order | None = None


_LINE = (
    Finding.id,
    Finding.reference,
    PLACE_OF_VISIT,
    Finding.category,
    Finding.state,
    Finding.is_serious,
    Finding.raised_on,
    Finding.due_on,
    Finding.escalated_on,
)


def tray_counts(session: Session, sought: Sought) -> dict[Tray, int]:
    asked = sa.select(Finding.state, sa.func.count()).group_by(Finding.state).where(*wanted(sought))
    if sought.suite_id is not None:
        asked = asked.join(Visit, Visit.id == Finding.visit_id)
    counted = {state: number for state, number in session.execute(asked)}  # noqa: C416  dict() loses the types
    return {tray: sum(counted.get(state, 0) for state in tray.states) for tray in Tray}


def tray(session: Session, which: Tray, sought: Sought, *, page: int, size: int) -> list[FindingLine]:
    """In the order asked for; otherwise what is due first; settled ones latest first."""
    usual = Order.LATEST if which in _IS_LATEST_FIRST else Order.DUE
    order = _ORDERS[sought.order or usual][1]
    found = sa.select(Finding.id).where(*wanted(sought)).order_by(*order)
    if sought.suite_id is not None or sought.order is Order.SUITE:
        found = found.join(Visit, Visit.id == Finding.visit_id).join(Suite, Suite.id == Visit.suite_id)
    if which is not Tray.ALL:
        found = found.where(Finding.state.in_(which.states))
    # The page is found before its lines are put together: of ten thousand closed ones fifty are shown.
    shown = found.limit(size).offset((page - 1) * size)
    return _with_themes(session, _lines().where(Finding.id.in_(shown)).order_by(*order))


def findings_of(session: Session, visit_id: int) -> list[FindingLine]:
    """Those of one visit, in the order they were raised."""
    return _with_themes(session, _lines().where(Finding.visit_id == visit_id).order_by(Finding.id))


def findings_chosen(session: Session, finding_ids: Collection[int]) -> list[FindingLine]:
    """Those of these that are on record, in the order of the board."""
    return _with_themes(session, _lines().where(Finding.id.in_(finding_ids)).order_by(*_BY_DAY_DUE))


def themes_in_use(session: Session) -> list[str]:
    """Every theme any finding has, by name: the scheme may have stopped offering it."""
    return list(session.scalars(sa.select(FindingTheme.theme).distinct().order_by(FindingTheme.theme)))


def _lines() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*_LINE).join(Visit, Visit.id == Finding.visit_id).join(Suite, Suite.id == Visit.suite_id)


def _with_themes(session: Session, asked: sa.Select[*tuple[Any, ...]]) -> list[FindingLine]:
    lines = [FindingLine(*row) for row in session.execute(asked)]
    themes = _themes(session, [line.id for line in lines])
    return [replace(line, themes=tuple(themes[line.id])) for line in lines]


def _themes(session: Session, finding_ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        sa.select(FindingTheme.finding_id, FindingTheme.theme)
        .where(FindingTheme.finding_id.in_(finding_ids))
        .order_by(FindingTheme.theme)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for finding_id, theme in rows:
        found[finding_id].append(theme)
    return found


def wanted(sought: Sought) -> list[sa.ColumnElement[bool]]:
    asked: list[sa.ColumnElement[bool]] = []
    if sought.suite_id is not None:
        asked.append(Visit.suite_id == sought.suite_id)
    if sought.category:
        asked.append(Finding.category == sought.category)
    if sought.theme:
        has_theme = sa.select(FindingTheme.finding_id).where(FindingTheme.theme == sought.theme)
        asked.append(Finding.id.in_(has_theme))
    if sought.is_serious:
        asked.append(Finding.is_serious.is_(True))
    if sought.words:
        asked.append(_is_called(sought.words))
    return asked


def _is_called(words: str) -> sa.ColumnElement[bool]:
    """By a part of its reference, or by the whole number under which the police know it."""
    has_reference = Finding.reference.icontains(words, autoescape=True)
    is_number = words.isascii() and words.isdecimal() and len(words) <= MOST_DIGITS
    return has_reference | (Finding.id == int(words)) if is_number else has_reference
