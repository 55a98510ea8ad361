"""Figures of findings at custody visits: those raised in the period, in the states they are in now."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import FindingFigures
from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, FindingState
from icv.rules.visits import VisitKind
from icv.store.figures.counting import number
from icv.store.figures.cutting import Cutting, Piece, by_piece
from icv.store.findings import Finding
from icv.store.visits import Visit

_Line: TypeAlias = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Raised:
    """How many findings, and how many of them serious."""

    findings: int
    serious: int


def finding_figures(session: Session, period: Period, *, as_of: date) -> FindingFigures:
    return findings_of(session, period, (), as_of=as_of)[0]


def findings_of(
    session: Session, period: Period, others: Collection[Period], *, as_of: date
) -> tuple[FindingFigures, dict[Period, Raised]]:
    """The figures of the period and how many findings were raised in others, in one question."""
    cutting = Cutting.of([period, *others])
    asked = {**cutting.values(), "on": min(period.last, as_of)}
    lines = session.execute(_by_piece_and_category(len(cutting.pieces)), asked).mappings().all()

    def inside(one: Period) -> list[_Line]:
        return [line for line in lines if line["piece"] in cutting.numbers_in(one)]

    raised = {one: Raised(_total(inside(one), "raised"), _total(inside(one), "serious")) for one in others}
    return _figures(inside(period)), raised


def _figures(lines: Sequence[_Line]) -> FindingFigures:
    by_category: Counter[str] = Counter()
    for line in sorted(lines, key=lambda it: str(it["category"])):
        by_category[line["category"]] += line["raised"]
    return FindingFigures(
        **{
            name: _total(lines, name)
            for name in ("serious", "resolved_at_visit", "awaiting_reply", "overdue")
        },
        by_category=dict(by_category),
    )


def _total(lines: Iterable[_Line], name: str) -> int:
    return sum(line[name] for line in lines)


def is_overdue(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Due before that day and neither replied to nor closed by it; a reopened one is neither."""
    unanswered = (Finding.replied_on.is_(None) | (Finding.replied_on > on)) & (
        Finding.closed_on.is_(None) | (Finding.closed_on > on)
    )
    return sa.and_(
        Finding.due_on < on,
        Finding.state.not_in(SETTLED_ON_THE_SPOT),
        (Finding.state == FindingState.REOPENED) | unanswered,
    )


@lru_cache(maxsize=8)
def _by_piece_and_category(pieces: int) -> Any:
    return by_piece(pieces, _by_category_in)


def _by_category_in(piece: Piece) -> sa.Select[*tuple[Any, ...]]:
    """Overdue as of one period's day: of a piece outside that period the number means nothing."""
    return (
        sa.select(
            Finding.category,
            number("raised"),
            number("serious", Finding.is_serious),
            number("resolved_at_visit", Finding.state == FindingState.RESOLVED_AT_VISIT),
            number("awaiting_reply", Finding.state.in_(WITH_POLICE)),
            number("overdue", is_overdue(sa.bindparam("on"))),
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(Visit.kind == VisitKind.CUSTODY, piece.has_day(Finding.raised_on))
        .group_by(Finding.category)
    )
