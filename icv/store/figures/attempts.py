"""Visits at which somebody turned up, by mode and what became of them; those to terrorism detainees apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import product
from operator import add
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import ATTEMPTED, COUNTS, TO_DETAINEES, Mode, Outcome, VisitKind
from icv.store.figures.counting import number
from icv.store.figures.cutting import Cutting, Piece, by_piece
from icv.store.visits import Visit

_MADE = tuple(product(Mode, (outcome for outcome in Outcome if outcome in ATTEMPTED)))


@dataclass(frozen=True, slots=True)
class Attempts:
    """Custody visits, but for `terrorism`. `counted`: of how many the people in custody are known.

    `counts` are the sums of those people, in the order of `COUNTS`.
    """

    made: Mapping[tuple[Mode, Outcome], int]
    extra: int
    counted: int
    counts: tuple[int, ...]
    terrorism: int

    @classmethod
    def read(cls, row: Any) -> "Attempts":
        made, more = row[: len(_MADE)], row[len(_MADE) :]
        extra, counted, terrorism, *counts = more[: 3 + len(COUNTS)]
        return cls(dict(zip(_MADE, made, strict=True)), extra, counted, tuple(counts), terrorism)

    def __add__(self, other: "Attempts") -> "Attempts":
        return Attempts(
            {alike: self.made[alike] + other.made[alike] for alike in _MADE},
            self.extra + other.extra,
            self.counted + other.counted,
            tuple(map(add, self.counts, other.counts)),
            self.terrorism + other.terrorism,
        )

    def by_mode(self) -> dict[Mode, int]:
        return {mode: sum(self.made[mode, its] for one, its in _MADE if one is mode) for mode in Mode}

    def by_outcome(self) -> dict[Outcome, int]:
        return {its: sum(self.made[mode, its] for mode in Mode) for _, its in _MADE}

    def attempted(self) -> int:
        return sum(self.made.values())


def attempts(session: Session, period: Period) -> Attempts:
    """By the day of arrival, or where the time is not known by the week's last."""
    return attempts_of(session, [period])[period]


def attempts_of(session: Session, periods: Iterable[Period]) -> dict[Period, Attempts]:
    """The same of each period, which may overlap, in one question."""
    asked = set(periods)
    cutting = Cutting.of(asked)
    rows = session.execute(_attempts_by_piece(len(cutting.pieces)), cutting.values())
    read = {row.piece: Attempts.read(row) for row in rows}
    return {period: reduce(add, (read[one] for one in cutting.numbers_in(period))) for period in asked}


def instants(period: Period) -> dict[str, Any]:
    return {"starts_at": period.starts_at(), "ends_at": period.ends_at()}


# Put together once: at the size of one scheme that takes longer than the counting.
WEEK_ENDS_IN_PERIOD = Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last"))
ARRIVED_IN_PERIOD = (Visit.arrived_at >= sa.bindparam("starts_at")) & (
    Visit.arrived_at < sa.bindparam("ends_at")
)
IS_CUSTODY = Visit.kind == VisitKind.CUSTODY
_COUNTED = (
    *(
        number(f"{mode}_{outcome}", Visit.outcome == outcome, Visit.mode == mode, IS_CUSTODY)
        for mode, outcome in _MADE
    ),
    number("extra", ~Visit.is_scheduled, IS_CUSTODY),
    number("counted", Visit.in_custody.is_not(None), IS_CUSTODY),
    number("terrorism", Visit.kind == VisitKind.TERRORISM),
    *(
        sa.func.coalesce(sa.func.sum(getattr(Visit, name)).filter(IS_CUSTODY), 0).label(name)
        for name in COUNTS
    ),
)


@lru_cache(maxsize=8)
def _attempts_by_piece(pieces: int) -> Any:
    """Counts side by side rather than lines by group: to group them, SQLite would first sort all visits."""
    return by_piece(pieces, _attempts_in)


def _attempts_in(piece: Piece) -> sa.Select[*tuple[Any, ...]]:
    came = piece.has_instant(Visit.arrived_at) | (
        Visit.arrived_at.is_(None) & piece.has_day(Visit.week_ends_on)
    )
    return sa.select(*_COUNTED).where(Visit.kind.in_(TO_DETAINEES), Visit.outcome.in_(ATTEMPTED), came)
