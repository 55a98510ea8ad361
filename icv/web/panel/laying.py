"""How exhibits are laid out on the page: which picture stands over which table, and what is folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from icv.papers.pictures import draw
from icv.rules.exhibits import Cell, Drawing, Exhibit, Picture, Share, Table

MOST_PICTURES = 6
"""Of so many suites the weeks are all drawn; of more, that of the one asked for."""
MOST_POINTS = 60
"""Of more than these a table says it better than a picture."""
_SHOWN = frozenset({"not-completed"})
"""Tables that are the message themselves: not folded, whatever is drawn of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`pictures` are (title, SVG)."""

    pictures: tuple[tuple[str, str], ...]
    table: Table
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """`to_choose` are (key, name) of the pieces of which one is shown, where they are too many."""

    exhibit: Exhibit
    pieces: tuple[Piece, ...]
    to_choose: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def has_anything(exhibit: Exhibit) -> bool:
    """Whether there is a number in it other than nought."""
    return any(_counts(cell) for table in exhibit.tables for row in table.rows for cell in row.cells)


def _counts(cell: Cell) -> bool:
    match cell:
        case Share():
            return cell.whole > 0
        case None | str():
            return False
    return cell != 0


def laid(exhibit: Exhibit, asked: str | None) -> Laid:
    """`asked` is the key of a table, of the weeks that are too many to be all drawn."""
    weeks = [one.table for one in exhibit.drawings if one.picture is Picture.COVERAGE]
    if len(weeks) <= MOST_PICTURES:
        return Laid(exhibit, tuple(_piece(table, exhibit.drawings) for table in exhibit.tables))
    chosen = asked if asked in weeks else weeks[0]
    left_out = set(weeks) - {chosen}
    tables = [table for table in exhibit.tables if table.key not in left_out]
    to_choose = tuple((table.key, table.caption) for table in exhibit.tables if table.key in weeks)
    return Laid(exhibit, tuple(_piece(table, exhibit.drawings) for table in tables), to_choose, chosen)


def _piece(table: Table, drawings: Sequence[Drawing]) -> Piece:
    its = [one for one in drawings if one.table == table.key]
    drawn = tuple(
        (one.title, draw(one, key=f"{table.key}-{place}"))
        for place, one in enumerate(its)
        if 0 < len(one.points) <= MOST_POINTS
    )
    return Piece(drawn, table, is_folded=bool(its) and bool(table.rows) and table.key not in _SHOWN)
