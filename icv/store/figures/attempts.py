"""Visits at which somebody turned up, by what became of them: custody and terrorism visits apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import ATTEMPTED, COUNTS, TO_DETAINEES, Mode, Outcome, VisitKind
from icv.store.figures.counting import number
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
    days = {"first": period.first, "last": period.last}
    rows = session.execute(_ATTEMPTS, {**days, **instants(period)})
    return [Attempts(*alike, tuple(counts)) for *alike, counts in ((*row[:6], row[6:]) for row in rows)]


def attempts_of(session: Session, periods: Iterable[Period]) -> dict[Period, list[Attempts]]:
    """Of each period once, though two of them be the same."""
    return {period: attempts(session, period) for period in set(periods)}


def custody(attempts: Iterable[Attempts]) -> list[Attempts]:
    return [one for one in attempts if one.kind is VisitKind.CUSTODY]


def instants(period: Period) -> dict[str, Any]:
    return {"starts_at": period.starts_at(), "ends_at": period.ends_at()}


# Put together once: at the size of one scheme that takes longer than the counting.
WEEK_ENDS_IN_PERIOD = Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last"))
ARRIVED_IN_PERIOD = (Visit.arrived_at >= sa.bindparam("starts_at")) & (
    Visit.arrived_at < sa.bindparam("ends_at")
)
_ATTEMPTS = (
    sa.select(
        Visit.kind,
        Visit.outcome,
        Visit.mode,
        Visit.is_scheduled,
        number("visits"),
        number("counted", Visit.in_custody.is_not(None)),
        *(sa.func.coalesce(sa.func.sum(getattr(Visit, name)), 0).label(name) for name in COUNTS),
    )
    .where(
        Visit.kind.in_(TO_DETAINEES),
        Visit.outcome.in_(ATTEMPTED),
        ARRIVED_IN_PERIOD | (Visit.arrived_at.is_(None) & WEEK_ENDS_IN_PERIOD),
    )
    .group_by(Visit.kind, Visit.outcome, Visit.mode, Visit.is_scheduled)
)
