"""The annex: tables of which the body shows an extract, whole and side by side, a line for each suite."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from icv.rules.exhibits import Cell, Column, Row, Table
from icv.rules.paper import Paper, Tabled
from icv.rules.paper.extracts import ANNEX

TITLE = f"{ANNEX}: every suite"
NO_LINE = "– stands where a suite has no line in the table, and where there is nothing to have a share of."
_Name: TypeAlias = tuple[str, int]
"""With how often it has been met: what people call alike stays two lines."""


def annexed(paper: Paper) -> Table | None:
    """None where the body has every table whole."""
    whole = [block for block in paper.blocks if isinstance(block, Tabled) and block.extract]
    if not whole:
        return None
    tables = [block.table for block in whole]
    return Table(
        "annex",
        "Every suite",
        tables[0].corner,
        tuple(chain.from_iterable(map(_columns, whole))),
        tuple(_rows(tables)),
        _total(tables),
        said=tuple(dict.fromkeys(key for table in tables for key in table.said)),
        note=NO_LINE,
    )


def _columns(block: Tabled) -> Iterator[Column]:
    headings = block.extract.headings if block.extract else ()
    for heading, column in zip(headings, block.table.columns, strict=True):
        yield Column(heading, column.kind)


def _rows(tables: Sequence[Table]) -> Iterator[Row]:
    lines = [dict(_named(table)) for table in tables]
    for name in _in_order(lines):
        yield Row(name[0], _beside(tables, [line.get(name) for line in lines]))


def _named(table: Table) -> Iterator[tuple[_Name, Row]]:
    met: Counter[str] = Counter()
    for row in table.rows:
        met[row.name] += 1
        yield (row.name, met[row.name]), row


def _in_order(lines: Sequence[dict[_Name, Row]]) -> list[_Name]:
    """As in the first table; a name that it has not follows the one it follows in its own."""
    ordered = list(lines[0])
    known = set(ordered)
    for line in lines[1:]:
        place = 0
        for name in line:
            if name in known:
                place = ordered.index(name) + 1
            else:
                ordered.insert(place, name)
                known.add(name)
                place += 1
    return ordered


def _total(tables: Sequence[Table]) -> Row | None:
    names = [table.total.name for table in tables if table.total]
    return Row(names[0], _beside(tables, [table.total for table in tables])) if names else None


def _beside(tables: Sequence[Table], rows: Sequence[Row | None]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for table, row in zip(tables, rows, strict=True):
        cells += row.cells if row else [None] * len(table.columns)
    return tuple(cells)
