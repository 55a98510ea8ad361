"""Findings in a quarterly return: what was raised, by category and theme, and what closing them changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, EventKind, FindingState
from icv.store.figures.counting import number
from icv.store.figures.quarterly.counted import CUSTODY
from icv.store.findings import Finding, FindingEvent, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import Visit


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """Findings of a category raised in the quarter, in the states they are in now."""

    category: str
    raised: int
    serious: int
    on_the_spot: int
    with_police: int
    answered: int
    closed: int


@dataclass(frozen=True, slots=True)
class Impact:
    """A finding closed in the quarter, with why: what changed."""

    finding_id: int
    suite: str
    category: str
    words: str


def categories(session: Session, period: Period) -> tuple[CategoryLine, ...]:
    rows = session.execute(
        sa.select(
            Finding.category,
            number("raised"),
            number("serious", Finding.is_serious),
            number("on_the_spot", Finding.state.in_(SETTLED_ON_THE_SPOT)),
            number("with_police", Finding.state.in_(WITH_POLICE)),
            number("answered", Finding.state == FindingState.REPLIED),
            number("closed", Finding.state == FindingState.CLOSED),
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*_raised_in(period))
        .group_by(Finding.category)
    )
    return tuple(sorted((CategoryLine(*row) for row in rows), key=lambda line: line.category))


def themes(session: Session, period: Period) -> tuple[tuple[str, int], ...]:
    rows = session.scalars(
        sa.select(FindingTheme.theme)
        .join(Finding, Finding.id == FindingTheme.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*_raised_in(period))
    )
    return tuple(sorted(Counter(rows).items(), key=lambda one: (-one[1], one[0])))


def impact(session: Session, period: Period, most: int) -> tuple[Impact, ...]:
    rows = session.execute(_closed_in(period).order_by(Suite.name, Finding.id).limit(most)).all()
    why = _closing_words(session, [row[0] for row in rows])
    return tuple(
        Impact(finding_id, suite, category, why.get(finding_id, "")) for finding_id, suite, category in rows
    )


def how_many_closed(session: Session, period: Period) -> int:
    return session.scalar(_closed_in(period).with_only_columns(sa.func.count())) or 0


def _closed_in(period: Period) -> sa.Select[*tuple[Any, ...]]:
    closed_on = Finding.closed_on.between(period.first, period.last)
    return (
        sa.select(Finding.id, Suite.name, Finding.category)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(CUSTODY, Finding.state == FindingState.CLOSED, closed_on)
    )


def _closing_words(session: Session, finding_ids: Sequence[int]) -> dict[int, str]:
    """Of each the latest: what was taken up again is closed anew."""
    rows = session.execute(
        sa.select(FindingEvent.finding_id, FindingEvent.text)
        .where(FindingEvent.finding_id.in_(finding_ids), FindingEvent.kind == EventKind.CLOSED)
        .order_by(FindingEvent.id)
    )
    return {finding_id: text for finding_id, text in rows}  # noqa: C416  dict() loses the types


def _raised_in(period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    return (CUSTODY, Finding.raised_on.between(period.first, period.last))
