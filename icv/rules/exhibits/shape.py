"""The shape of an exhibit: a table with its picture and its sentences, the same on every page and paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Literal, TypeAlias

from icv.rules.figures.shares import percent


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole: 94.1% (16 of 17); – where there is no whole to have a share of."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return percent(self.part, self.whole)

    @property
    def words(self) -> str:
        share = self.percent
        return "–" if share is None else f"{share:.1f}% ({self.part:,} of {self.whole:,})"


class Hidden(Enum):
    """A number that could point at a person, or give such a number away."""

    FEW = "few"


WHY_HIDDEN = "“Few” stands where a number could point at a person, or would give such a number away."

Cell: TypeAlias = str | int | float | Share | Hidden | None
"""None: nothing can be said."""


class Kind(StrEnum):
    """How a column is set: words at the left, numbers at the right, and shares as n of N and per cent."""

    WORDS = "words"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Row:
    """`name` heads the row; as many cells as the table has columns."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Its cells as they are printed."""
        return tuple(map(in_words, self.cells))


@dataclass(frozen=True, slots=True)
class Order:
    """Which of many suites are told of first: those that stand lowest or highest in the first column.

    In the words of a sentence: the suites with the lowest share (`measure`) of timeslots visited (`of`); and
    what those had not that have no share (`without`), empty where each has one.
    """

    first: Literal["lowest", "highest"]
    measure: Literal["share", "number"]
    of: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`corner` heads the rows' names. `said` are keys of `definitions`; `note` stands beneath.

    `total` is the whole of which the rows are the parts, None where they are none. `order` is of those whose
    rows are suites, until they are written down: then an extract holds what came of it.
    """

    key: str
    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    said: tuple[str, ...] = ()
    note: str = ""
    order: Order | None = field(default=None, compare=False)

    def cells_of(self, row: Row) -> Iterator[tuple[Column, str]]:
        """Each as it is printed, with its column."""
        return zip(self.columns, row.words, strict=True)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands beneath: its own note, and why where numbers are hidden."""
        rows = (*self.rows, self.total) if self.total else self.rows
        hidden = any(cell is Hidden.FEW for row in rows for cell in row.cells)
        return tuple(filter(None, (self.note, WHY_HIDDEN if hidden else "")))


class Picture(StrEnum):
    """Which drawing of `icv.papers.pictures`, and what a point of it holds."""

    COMPLETION = "completion"
    """(label, completed, scheduled); `aim` in per cent"""
    COVERAGE = "coverage"
    """(weekday, visits in each band); `labels` are the bands"""
    FINDINGS = "findings"
    """(age, findings in each state); `labels` are the states"""
    FUNNEL = "funnel"
    """(stage, people, days it takes or None)"""
    COHORT = "cohort"
    """(week, cleared visitors); `aim` is the number needed"""
    BARS = "bars"
    """(label, number)"""
    FLOW = "flow"
    """(team, opening, joined, left, closing); of several teams their sum is drawn too"""
    SIDES = "sides"
    """(label, per cent of ours or None, per cent of the others or None); `labels` name the two"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as data; `table` is the key of the table that says the same."""

    picture: Picture
    title: str
    table: str
    points: tuple[tuple[str | int | float | None, ...], ...]
    labels: tuple[str, ...] = ()
    aim: int | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`key` is one word and never changes: papers keep edited words and chosen exhibits by it."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Keys of `definitions` of all its tables, each once."""
        return tuple(dict.fromkeys(key for table in self.tables for key in table.said))


def in_words(cell: Cell) -> str:
    """1,204; −2.5; 94.1% (16 of 17); few; – where nothing can be said"""
    match cell:
        case Share():
            return cell.words
        case Hidden():
            return cell.value
        case None:
            return "–"
        case int():
            return f"{cell:,}".replace("-", "−")
        case float():
            return f"{cell:,.1f}".replace("-", "−")
    return cell


def table_as_json(table: Table) -> dict[str, Any]:
    """As frozen papers and figures files hold it: changed, both need another format number and version."""
    return {
        "key": table.key,
        "caption": table.caption,
        "corner": table.corner,
        "columns": [{"heading": column.heading, "kind": column.kind.value} for column in table.columns],
        "rows": [_row_as_json(row) for row in table.rows],
        "total": _row_as_json(table.total) if table.total else None,
        "said": list(table.said),
        "note": table.note,
    }


def _row_as_json(row: Row) -> dict[str, Any]:
    return {"name": row.name, "cells": [_cell_as_json(cell) for cell in row.cells]}


def _cell_as_json(cell: Cell) -> Any:
    match cell:
        case Share(part, whole):
            return {"part": part, "whole": whole}
        case Hidden():
            return {"hidden": cell.value}
    return cell


def cell_from_json(written: Any) -> Cell:
    match written:
        case {"part": part, "whole": whole}:
            return Share(part, whole)
        case {"hidden": _}:
            return Hidden.FEW
        case str() | int() | float() | None:
            return written
    raise ValueError(f"Not a cell of a table: {written!r}")
