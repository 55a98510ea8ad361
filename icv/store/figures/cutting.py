"""Several periods counted in one reading: time cut where any of them begins or ends, and counted by piece."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from icv.rules.days import Period, merged, midnight


@dataclass(frozen=True, slots=True)
class Cutting:
    """`spans` are the days of all periods, none twice; `cuts` the first days of the pieces but the first."""

    spans: tuple[Period, ...]
    cuts: tuple[date, ...]

    @classmethod
    def of(cls, periods: Iterable[Period]) -> "Cutting":
        asked = set(periods)
        spans = merged(list(asked))
        edges = {period.first for period in asked} | {period.after for period in asked}
        return cls(tuple(spans), tuple(sorted(edges - {spans[0].first, spans[-1].after})))

    @property
    def shape(self) -> tuple[int, int]:
        """How many spans and how many cuts: what a statement is put together from."""
        return len(self.spans), len(self.cuts)

    def pieces_of(self, period: Period) -> range:
        return range(bisect_right(self.cuts, period.first), bisect_right(self.cuts, period.last) + 1)

    def values(self) -> dict[str, Any]:
        """Of the names that `is_within` and `piece` leave open, for days and for instants."""
        spans = {
            f"{name}_{place}": value
            for place, span in enumerate(self.spans)
            for name, value in (
                ("first", span.first),
                ("last", span.last),
                ("starts_at", span.starts_at()),
                ("ends_at", span.ends_at()),
            )
        }
        cuts = {f"cut_{place}": cut for place, cut in enumerate(self.cuts)}
        return spans | cuts | {f"cut_at_{place}": midnight(cut) for place, cut in enumerate(self.cuts)}


def day_is_within(day: Any, spans: int) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            day.between(sa.bindparam(f"first_{place}"), sa.bindparam(f"last_{place}"))
            for place in range(spans)
        )
    )


def instant_is_within(at: Any, spans: int) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            (at >= sa.bindparam(f"starts_at_{place}")) & (at < sa.bindparam(f"ends_at_{place}"))
            for place in range(spans)
        )
    )


def piece_of_day(day: Any, cuts: int) -> sa.ColumnElement[int]:
    return _piece([day < sa.bindparam(f"cut_{place}") for place in range(cuts)])


def piece_of_instant(at: Any, cuts: int) -> sa.ColumnElement[int]:
    return _piece([at < sa.bindparam(f"cut_at_{place}") for place in range(cuts)])


def _piece(is_before: list[sa.ColumnElement[bool]]) -> sa.ColumnElement[int]:
    if not is_before:
        return sa.literal(0)
    return sa.case(*((cut, place) for place, cut in enumerate(is_before)), else_=len(is_before))
