"""The tables of a figures file from elsewhere, checked: only the fixed ones, and nothing small in them."""

from collections.abc import Collection
from typing import Any

from icv.rules.exhibits.shape import Cell, Column, Hidden, Kind, Row, Share, Table
from icv.rules.figures_file.checking import (
    MOST,
    MOST_WORDS,
    keys,
    members,
    number,
    shortened,
    text,
    whole,
    wrong,
)
from icv.rules.figures_file.shape import HIDING, REPLIES, TABLES
from icv.rules.figures_file.sums import UNRECONCILED, refuse_what_does_not_add_up

MOST_ROWS = 500
MOST_COLUMNS = 12
_MAY_BE_LESS = UNRECONCILED | {REPLIES}
"""Tables with numbers below zero: a reply may be on record from before it was asked for."""


def tables(found: Any, defined: Collection[str], threshold: int) -> tuple[Table, ...]:
    read = tuple(_table(one, defined, threshold) for one in members(found, len(TABLES), "“tables”"))
    if len({table.key for table in read}) < len(read):
        raise wrong("“tables”", "has the same table twice")
    return tuple(sorted(read, key=lambda table: TABLES.index(table.key)))


def _table(found: Any, defined: Collection[str], threshold: int) -> Table:
    parts = ("key", "caption", "corner", "columns", "rows", "total", "said", "note")
    written = keys(found, parts, "a table")
    key = text(written["key"], "the key of a table")
    if key not in TABLES:
        raise wrong("“tables”", f"has one that is not among those exchanged: {shortened(key)}")
    where = f"the table “{key}”"
    columns = tuple(
        _column(one, where) for one in members(written["columns"], MOST_COLUMNS, f"{where}, “columns”")
    )
    table = Table(
        key,
        text(written["caption"], f"{where}, “caption”"),
        text(written["corner"], f"{where}, “corner”"),
        columns,
        tuple(_row(one, columns, key, where) for one in members(written["rows"], MOST_ROWS, where)),
        None if written["total"] is None else _row(written["total"], columns, key, where),
        _said(written["said"], defined, where),
        text(written["note"], f"{where}, “note”", MOST_WORDS, may_be_empty=True),
    )
    _refuse_small(table, threshold)
    refuse_what_does_not_add_up(table)
    return table


def _column(found: Any, where: str) -> Column:
    written = keys(found, ("heading", "kind"), f"a column of {where}")
    if written["kind"] not in (Kind.NUMBER.value, Kind.SHARE.value):
        raise wrong(f"a column of {where}", "is neither of numbers nor of shares")
    return Column(text(written["heading"], f"a heading of {where}"), Kind(written["kind"]))


def _row(found: Any, columns: tuple[Column, ...], key: str, where: str) -> Row:
    written = keys(found, ("name", "cells"), f"a row of {where}")
    cells = members(written["cells"], MOST_COLUMNS, f"a row of {where}")
    if len(cells) != len(columns):
        raise wrong(f"a row of {where}", "has not as many cells as there are columns")
    least = -MOST if key in _MAY_BE_LESS else 0
    name = text(written["name"], f"the name of a row of {where}")
    return Row(name, tuple(_cell(cell, least, f"a cell of {where}") for cell in cells))


def _cell(found: Any, least: int, where: str) -> Cell:
    if found is None:
        return None
    if isinstance(found, dict) and "hidden" in found:
        if keys(found, ("hidden",), where)["hidden"] != Hidden.FEW.value:
            raise wrong(where, "is hidden in a way that is not known")
        return Hidden.FEW
    if isinstance(found, dict):
        share = keys(found, ("part", "whole"), where)
        return Share(whole(share["part"], where), whole(share["whole"], where))
    return number(found, where, least) if isinstance(found, float) else whole(found, where, least)


def _said(found: Any, defined: Collection[str], where: str) -> tuple[str, ...]:
    said = tuple(text(key, f"{where}, “said”") for key in members(found, 40, f"{where}, “said”"))
    unsaid = next((key for key in said if key not in defined), None)
    if unsaid:
        raise wrong(where, f"names a figure that the file does not define: {shortened(unsaid)}")
    return said


def _refuse_small(table: Table, threshold: int) -> None:
    """What the other scheme should have hidden is not taken in: this scheme does not publish it either."""
    if table.key not in HIDING:
        return
    for row in table.rows:
        if any(isinstance(cell, int | Share) and 1 <= _count(cell) <= threshold for cell in row.cells):
            raise wrong(
                f"the table “{table.key}”", f"shows a count from 1 to {threshold}, which should be hidden"
            )


def _count(cell: int | Share) -> int:
    return cell.part if isinstance(cell, Share) else cell
