"""Figures of findings at custody visits: those raised in the period, in the states they are in now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import FindingFigures
from icv.rules.figures.answers import PLACES, Place
from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, FindingState
from icv.store.figures.attempted import AT_CUSTODY_VISIT
from icv.store.figures.counting import number
from icv.store.figures.cutting import Cutting, Piece, by_piece
from icv.store.findings import Finding

_Line: TypeAlias = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Raised:
    """How many findings, and how many of them serious."""

    findings: int
    serious: int


@dataclass(frozen=True, slots=True)
class FindingsOf:
    """Of a period: its figures, and by category the places its findings are in now. `raised`: in others."""

    figures: FindingFigures
    places: Mapping[str, Mapping[Place, int]]
    raised: Mapping[Period, Raised]


def finding_figures(session: Session, period: Period, *, as_of: date) -> FindingFigures:
    return findings_of(session, period, (), as_of=as_of).figures


def findings_of(session: Session, period: Period, others: Collection[Period], *, as_of: date) -> FindingsOf:
    """In one question."""
    cutting = Cutting.of([period, *others])
    asked = {**cutting.values(), "on": min(period.last, as_of)}
    lines = session.execute(_by_piece_and_category(len(cutting.pieces)), asked).mappings().all()

    def inside(one: Period) -> list[_Line]:
        return [line for line in lines if line["piece"] in cutting.numbers_in(one)]

    raised = {one: Raised(_total(inside(one), "raised"), _total(inside(one), "serious")) for one in others}
    own = inside(period)
    return FindingsOf(_figures(own), _by_place(own), raised)


def _figures(lines: Sequence[_Line]) -> FindingFigures:
    by_category: Counter[str] = Counter()
    for line in sorted(lines, key=lambda it: str(it["category"])):
        by_category[line["category"]] += line["raised"]
    return FindingFigures(
        serious=_total(lines, "serious"),
        resolved_at_visit=_total(lines, FindingState.RESOLVED_AT_VISIT.name),
        awaiting_reply=sum(_total(lines, state.name) for state in WITH_POLICE),
        overdue=_total(lines, "overdue"),
        by_category=dict(by_category),
    )


def _by_place(lines: Iterable[_Line]) -> dict[str, Counter[Place]]:
    places: defaultdict[str, Counter[Place]] = defaultdict(Counter)
    for line in lines:
        for state in FindingState:
            if line[state.name]:
                places[line["category"]][PLACES[state]] += line[state.name]
    return dict(sorted(places.items()))


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
            *(number(state.name, Finding.state == state) for state in FindingState),
            number("overdue", is_overdue(sa.bindparam("on"))),
        )
        .where(AT_CUSTODY_VISIT, piece.has_day(Finding.raised_on))
        .group_by(Finding.category)
    )
