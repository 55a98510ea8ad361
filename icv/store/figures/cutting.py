"""Several periods counted in one reading: time cut where any of them begins or ends, and counted by piece."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from icv.rules.days import ONE_DAY, Period


@dataclass(frozen=True, slots=True)
class Cutting:
    """Pieces in order: each lies in some of the periods, and each period is some of them."""

    pieces: tuple[Period, ...]

    @classmethod
    def of(cls, periods: Iterable[Period]) -> "Cutting":
        asked = set(periods)
        last = max(period.last for period in asked)
        edges = {period.first for period in asked} | {period.after for period in asked if period.last < last}
        starts = sorted(edges)
        pieces = [
            *(Period(one, after - ONE_DAY) for one, after in pairwise(starts)),
            Period(starts[-1], last),
        ]
        return cls(tuple(piece for piece in pieces if any(piece.first in period for period in asked)))

    def numbers_in(self, period: Period) -> list[int]:
        return [number for number, piece in enumerate(self.pieces) if piece.first in period]

    def values(self) -> dict[str, Any]:
        """Of what the statements of all pieces leave open."""
        return {
            name: value
            for number, piece in enumerate(self.pieces)
            for name, value in (
                (f"first_{number}", piece.first),
                (f"last_{number}", piece.last),
                (f"starts_at_{number}", piece.starts_at()),
                (f"ends_at_{number}", piece.ends_at()),
            )
        }


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece inside a statement."""

    number: int

    def has_day(self, day: Any) -> sa.ColumnElement[bool]:
        return sa.and_(
            day >= sa.bindparam(f"first_{self.number}"), day <= sa.bindparam(f"last_{self.number}")
        )

    def has_instant(self, at: Any) -> sa.ColumnElement[bool]:
        return sa.and_(
            at >= sa.bindparam(f"starts_at_{self.number}"), at < sa.bindparam(f"ends_at_{self.number}")
        )


def by_piece(pieces: int, select: Callable[[Piece], sa.Select[*tuple[Any, ...]]]) -> Any:
    """The statement of each piece, its number last, in one question: so each reads its own days only."""
    return sa.union_all(
        *(select(Piece(number)).add_columns(sa.literal(number).label("piece")) for number in range(pieces))
    )
