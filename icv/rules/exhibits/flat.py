"""Tables laid flat for spreadsheets: a share is its part, its whole and its per cent, each in a column."""

from collections.abc import Iterator

from icv.rules.exchange.cells import clean, protected
from icv.rules.exhibits.shape import Cell, Hidden, Kind, Row, Share, Table


def flat(table: Table) -> list[tuple[Cell, ...]]:
    """The head, the rows and the total. None is an empty cell; no cell is a share."""
    head = (table.corner, *_headings(table))
    rows = (*table.rows, table.total) if table.total else table.rows
    return [head, *((row.name, *_cells(table, row)) for row in rows)]


def _headings(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield column.heading
        if column.kind is Kind.SHARE:
            yield from (f"{column.heading}: of", f"{column.heading}: per cent")


def _cells(table: Table, row: Row) -> Iterator[Cell]:
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.kind is Kind.SHARE:
            yield from (
                (cell.part, cell.whole, cell.percent) if isinstance(cell, Share) else (cell, None, None)
            )
        elif isinstance(cell, Share):
            yield cell.words
        else:
            yield cell


def flat_words(table: Table) -> list[list[str]]:
    """As text for a CSV file: 1204, 2.5, few and nothing. No name becomes a formula."""
    return [[_plain(cell) for cell in row] for row in flat(table)]


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Hidden():
            return cell.value
        case str():
            return protected(clean(cell))
    return str(cell)
