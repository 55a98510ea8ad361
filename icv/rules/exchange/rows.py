"""A row of an import file: read cell by cell, then judged by the rules between its cells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from icv.rules.days import london_day
from icv.rules.exchange.cells import BadCell, clean, unprotected, written

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, order=True)
class RowError:
    """What is wrong, or doubtful, in a cell. `row` as a spreadsheet shows it: the header is 1."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold between cells; `fault` is given those of `reads` and says what is wrong at `column`.

    A row of which one of these cells could not be read is not asked: that error has been told.
    """

    column: str
    reads: tuple[str, ...]
    fault: Callable[..., str | None]


@dataclass(frozen=True)
class Format(Generic[Row]):
    """The format of one kind of file: its columns in the order they are written, and the reader of each.

    `row` has a field for each column; one with a default may be blank or absent.
    """

    kind: str
    row: type[Row]
    readers: Mapping[str, Callable[[str], Any]]
    rules: tuple[Rule, ...]
    doubts: tuple[Rule, ...] = ()
    done: tuple[str, ...] = ()
    """Columns of what was done on a day: none that is still to come."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.readers)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        declared = fields(self.row)  # type: ignore[arg-type]
        return {field.name: field.default for field in declared if field.default is not MISSING}

    def cells(self, row: Row) -> dict[str, Any]:
        return {column: getattr(row, column) for column in self.columns}

    def texts(self, row: Row) -> list[str]:
        """The row as it is written, in the order of the columns."""
        return [written(getattr(row, column)) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as read: the cells it gives, without those that could not be read."""

    number: int
    cells: dict[str, Any]
    unread: frozenset[str] = frozenset()

    def over(self, remembered: Mapping[str, Any]) -> "Line":
        """With what is remembered where the file has no such column."""
        return Line(self.number, {**remembered, **self.cells}, self.unread)


def header_errors(form: Format[Any], header: Sequence[str]) -> Iterator[RowError]:
    """Columns nobody knows, that stand there twice or are missing."""
    if not any(header):
        yield RowError(1, "1", f"the header is missing; the columns are {', '.join(form.columns)}")
        return
    for place, column in enumerate(header):
        if column and column in header[:place]:
            yield RowError(1, column, "this column stands there twice")
        elif column and column not in form.columns:
            yield RowError(
                1, column, f"this column is unknown; the columns of {form.kind} are {', '.join(form.columns)}"
            )
    for column in form.columns:
        if column not in header and column not in form.defaults:
            yield RowError(1, column, "this column is missing")


def read_line(
    form: Format[Any], header: Sequence[str], number: int, texts: Sequence[str]
) -> tuple[Line, list[RowError]]:
    """One row. Blank cells take the column's default; every cell that cannot be read is told."""
    cells: dict[str, Any] = {}
    errors: list[RowError] = []
    for column, raw in zip_longest(header, texts, fillvalue=""):
        cell = clean(unprotected(raw.strip()))
        try:
            if column:
                cells[column] = _read(form, column, cell)
            elif cell:
                errors.append(RowError(number, "without a name", f"{cell!r} stands below no column's name"))
        except BadCell as fault:
            errors.append(RowError(number, column, str(fault)))
    unread = frozenset(error.column for error in errors)
    return Line(number, cells, unread), errors


def _read(form: Format[Any], column: str, cell: str) -> Any:
    if cell:
        return form.readers[column](cell)
    if column in form.defaults:
        return form.defaults[column]
    raise BadCell("must not be blank")


def broken(rules: Iterable[Rule], line: Line) -> Iterator[RowError]:
    """What the rules have against a row."""
    for rule in rules:
        if line.unread.isdisjoint(rule.reads):
            what = rule.fault(*(line.cells[column] for column in rule.reads))
            if what:
                yield RowError(line.number, rule.column, what)


def still_to_come(form: Format[Any], line: Line, today: date) -> Iterator[RowError]:
    """What the row says was done on a later day."""
    for column in form.done:
        on = line.cells.get(column)
        if on is not None and (london_day(on) if isinstance(on, datetime) else on) > today:
            yield RowError(line.number, column, f"{written(on)} is still to come")


def in_order(first: str, second: str) -> Rule:
    """The day or time of the second column is not before that of the first, where both are known."""

    def fault(earlier: Any, later: Any) -> str | None:
        if earlier is None or later is None or earlier <= later:
            return None
        return f"{written(later)} is before {first} ({written(earlier)})"

    return Rule(second, (first, second), fault)
