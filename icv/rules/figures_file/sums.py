"""Whether a table of a figures file adds up: no part above its whole, and a total that its rows make."""

from collections.abc import Sequence

from icv.rules.exhibits.shape import Cell, Hidden, Row, Share, Table
from icv.rules.figures_file.checking import FiguresFileError, shortened, wrong
from icv.rules.figures_file.shape import BY_SUITE, REPLIES

UNRECONCILED = frozenset({"detained-became", "detained-answered"})
"""Tables with a row of what records do not account for: below zero where they name too many, so that a part
may be more than the whole that visitors counted at the door.
"""
_WHOLES_OF_THEIR_OWN = frozenset({BY_SUITE, REPLIES})
"""Tables whose rows are shares of wholes that add up as well. In all others a row is a part of the total."""
_SUMMED_ACROSS = frozenset({"modes", "spread-parts"})
"""Tables whose last column is the sum of those before it."""
_MEDIAN = (REPLIES, 2)
"""The one column that nobody adds up, by its table and its place."""


def refuse_what_does_not_add_up(table: Table) -> None:
    """Raises FiguresFileError, naming the table and the row."""
    rows = (*table.rows, table.total) if table.total else table.rows
    for row in rows:
        if table.key not in UNRECONCILED:
            _refuse_part_above_whole(table, row)
        if table.key in _SUMMED_ACROSS:
            _refuse_sum_across(table, row)
    if table.total:
        for place in range(len(table.total.cells)):
            if (table.key, place) != _MEDIAN:
                _refuse_column(table, table.total, place)


def _refuse_part_above_whole(table: Table, row: Row) -> None:
    for cell in row.cells:
        if isinstance(cell, Share) and cell.part > cell.whole:
            raise _wrong(table, row, f"has {cell.part:,} of {cell.whole:,}: no part is more than its whole")


def _refuse_sum_across(table: Table, row: Row) -> None:
    *parts, whole = map(_count, row.cells or (None,))
    if whole is not None and not _is_sum(whole, parts):
        raise _wrong(table, row, f"has {whole:,} last, which is not the sum of what stands before it")


def _refuse_column(table: Table, total: Row, place: int) -> None:
    cells, last = [row.cells[place] for row in table.rows], total.cells[place]
    whole = _count(last)
    if whole is None or not cells:
        return
    if not _is_sum(whole, [_count(cell) for cell in cells]):
        raise _wrong(table, total, f"has {whole:,}, which is not the sum of the rows above it")
    of = last.whole if isinstance(last, Share) else whole
    shares = [(row, cell) for row, cell in zip(table.rows, cells, strict=True) if isinstance(cell, Share)]
    if table.key not in _WHOLES_OF_THEIR_OWN:
        for row, share in shares:
            if share.whole != of:
                raise _wrong(table, row, f"is of {share.whole:,}, and the total of {of:,}")
    elif len(shares) == len(cells) and sum(share.whole for _, share in shares) != of:
        raise _wrong(table, total, f"is of {of:,}, and the rows above it of another sum")


def _count(cell: Cell) -> int | float | None:
    """None where it is not told."""
    if isinstance(cell, Share):
        return cell.part
    return None if cell is None or isinstance(cell, str | Hidden) else cell


def _is_sum(whole: float, parts: Sequence[float | None]) -> bool:
    """Or no less than the parts that are told, where one of them is not."""
    told = sum(part for part in parts if part is not None)
    return told <= whole if None in parts else told == whole


def _wrong(table: Table, row: Row, what: str) -> FiguresFileError:
    return wrong(f"the row {shortened(row.name)} of the table “{table.key}”", what)
