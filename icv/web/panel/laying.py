"""How exhibits are laid out on the page: pictures over their tables, what is folded, what is wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from icv.papers.pictures import draw
from icv.rules.exhibits import Drawing, Exhibit, Table

MOST_POINTS = 60
"""Of more than these a table says it better than a picture."""
HALF_WIDE = 78
"""So many signs a row has in a table that has half of a wide screen."""
_NAME = 24
"""Longer names are broken over lines."""
_SAMPLE = 20
"""Rows that are looked at to tell how wide a table is."""
MOST_ROWS = 15
"""A table of more is folded, whether anything is drawn of it or not."""
_SHOWN = frozenset({"not-completed"})
"""Tables that are the message themselves: not folded, whatever is drawn of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`pictures` are (title, SVG). What `is_wide` has the whole width of a screen."""

    pictures: tuple[tuple[str, str], ...]
    table: Table
    is_folded: bool
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Laid:
    exhibit: Exhibit
    pieces: tuple[Piece, ...]

    @property
    def is_beside(self) -> bool:
        """Whether there is but one piece, which stands beside its words."""
        return len(self.pieces) == 1 and not self.pieces[0].is_wide


def laid(exhibit: Exhibit) -> Laid:
    """Tables without rows are left out: the exhibit's words say what there is not."""
    return Laid(exhibit, tuple(_piece(table, exhibit.drawings) for table in exhibit.tables if table.rows))


def _piece(table: Table, drawings: Sequence[Drawing]) -> Piece:
    its = [one for one in drawings if one.table == table.key]
    drawn = tuple(
        (one.title, draw(one, key=f"{table.key}-{place}"))
        for place, one in enumerate(its)
        if 0 < len(one.points) <= MOST_POINTS
    )
    is_folded = bool(drawn) and table.key not in _SHOWN
    is_long = len(table.rows) > MOST_ROWS
    return Piece(drawn, table, is_folded or is_long, is_wide=not drawn and _signs(table) > HALF_WIDE)


def _signs(table: Table) -> int:
    rows = (*table.rows[:_SAMPLE], *([table.total] if table.total else []))
    names = max((len(row.name) for row in rows), default=0)
    cells = zip(*(row.words for row in rows), strict=True)
    headings = (max(map(len, column.heading.split()), default=0) for column in table.columns)
    wide = (max(heading, *map(len, words)) for heading, words in zip(headings, cells, strict=True))
    return min(names, _NAME) + sum(2 + one for one in wide)
