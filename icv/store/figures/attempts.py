"""Visits at which somebody turned up, by what became of them: custody and terrorism visits apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import ATTEMPTED, COUNTS, TO_DETAINEES, Mode, Outcome, VisitKind
from icv.store.figures.counting import number
from icv.store.figures.cutting import (
    Cutting,
    day_is_within,
    instant_is_within,
    piece_of_day,
    piece_of_instant,
)
from icv.store.visits import Visit


@dataclass(frozen=True, slots=True)
class Attempts:
    """So many visits alike; `counted`: of how many the people in custody are known, `counts` their sums."""

    kind: VisitKind
    outcome: Outcome
    mode: Mode
    is_scheduled: bool
    visits: int
    counted: int
    counts: tuple[int, ...]


def attempts(session: Session, period: Period) -> list[Attempts]:
    """By the day of arrival, or where the time is not known by the week's last; in no order."""
    return attempts_of(session, [period])[period]


def attempts_of(session: Session, periods: Iterable[Period]) -> dict[Period, list[Attempts]]:
    """The same of each period, which may overlap, in one question. Alike ones may stand in several lines."""
    asked = set(periods)
    cutting = Cutting.of(asked)
    by_piece: dict[int, list[Attempts]] = defaultdict(list)
    rows = session.execute(_attempts_by_piece(*cutting.shape), cutting.values())
    for piece, kind, outcome, mode, is_scheduled, visits, counted, *counts in rows:
        alike = Attempts(kind, outcome, mode, is_scheduled, visits, counted, tuple(counts))
        by_piece[piece].append(alike)
    return {
        period: [one for piece in cutting.pieces_of(period) for one in by_piece[piece]] for period in asked
    }


def custody(attempts: Iterable[Attempts]) -> list[Attempts]:
    return [one for one in attempts if one.kind is VisitKind.CUSTODY]


def instants(period: Period) -> dict[str, Any]:
    return {"starts_at": period.starts_at(), "ends_at": period.ends_at()}


# Put together once: at the size of one scheme that takes longer than the counting.
WEEK_ENDS_IN_PERIOD = Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last"))
ARRIVED_IN_PERIOD = (Visit.arrived_at >= sa.bindparam("starts_at")) & (
    Visit.arrived_at < sa.bindparam("ends_at")
)


@lru_cache(maxsize=16)
def _attempts_by_piece(spans: int, cuts: int) -> sa.Select[*tuple[Any, ...]]:
    is_untimed = Visit.arrived_at.is_(None)
    piece = sa.case(
        (is_untimed, piece_of_day(Visit.week_ends_on, cuts)), else_=piece_of_instant(Visit.arrived_at, cuts)
    ).label("piece")
    alike = (Visit.kind, Visit.outcome, Visit.mode, Visit.is_scheduled)
    return (
        sa.select(
            piece if cuts else sa.literal(0),
            *alike,
            number("visits"),
            number("counted", Visit.in_custody.is_not(None)),
            *(sa.func.coalesce(sa.func.sum(getattr(Visit, name)), 0).label(name) for name in COUNTS),
        )
        .where(
            Visit.kind.in_(TO_DETAINEES),
            Visit.outcome.in_(ATTEMPTED),
            instant_is_within(Visit.arrived_at, spans)
            | (is_untimed & day_is_within(Visit.week_ends_on, spans)),
        )
        .group_by(*([piece] if cuts else []), *alike)
    )
