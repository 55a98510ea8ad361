"""Tables as rows of bare numbers, for spreadsheets and for programs: a share is three columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from icv.papers.panel.arranging import details, named
from icv.rules.exhibits import Cell, Hidden, Kind, Row, Share, Table
from icv.rules.paper import Paper, Tabled

A_DAY = (1980, 1, 1, 0, 0, 0)
"""When every packed file was written: the same paper gives the same bytes."""
Bare: TypeAlias = str | int | float | None
_STRANGE = re.compile(r"[^a-z0-9]+")


def tables_of(paper: Paper) -> list[Table]:
    return [block.table for block in paper.blocks if isinstance(block, Tabled)]


def headings(table: Table) -> list[str]:
    """Completed, Completed: of, Completed: per cent"""
    found = [table.corner]
    for place, column in enumerate(table.columns):
        found.append(column.heading)
        if _is_share(table, place):
            found += [f"{column.heading}: of", f"{column.heading}: per cent"]
    return found


def rows(table: Table) -> Iterator[list[Bare]]:
    for row in _rows(table):
        found: list[Bare] = [row.name]
        for place, cell in enumerate(row.cells):
            found += _three(cell) if _is_share(table, place) else [_bare(cell)]
        yield found


def about(paper: Paper) -> Iterator[tuple[str, str]]:
    """(what, words): everything that is not in a table."""
    yield "Title", paper.title
    yield from details(paper)
    yield "Purpose", paper.purpose
    for what, number in paper.counts.items():
        yield f"Records counted: {what}", f"{number}"
    for number, table in enumerate(tables_of(paper), 1):
        yield f"Table {number}", " ".join((f"{table.caption}.", *table.notes))
    for key, words in paper.definitions:
        yield named(key), words


def key_in_letters(table: Table) -> str:
    """A name for a file that no system stumbles over."""
    return _STRANGE.sub("-", table.key.casefold()).strip("-")[:60] or "table"


def _is_share(table: Table, place: int) -> bool:
    return table.columns[place].kind is Kind.SHARE or any(
        isinstance(row.cells[place], Share) for row in _rows(table)
    )


def _rows(table: Table) -> Sequence[Row]:
    return (*table.rows, table.total) if table.total else table.rows


def _three(cell: Cell) -> Iterable[Bare]:
    match cell:
        case Share(part, whole):
            return (part, whole, cell.percent)
    return (_bare(cell), None, None)


def _bare(cell: Cell) -> Bare:
    match cell:
        case Share():
            return cell.words
        case Hidden():
            return cell.value
    return cell
