"""Importing a file: everything is read and judged before anything is written."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from icv.papers.sheet_files import read_sheet
from icv.papers.sheets import Sheet, SheetUnreadable
from icv.rules.days import london_day
from icv.rules.exchange.cells import written
from icv.rules.exchange.rows import Format, Line, RowError, broken, header_errors, read_line, still_to_come
from icv.rules.refusals import Refusal
from icv.services.exchange.book import Author, Book, Change
from icv.services.exchange.findings import Findings
from icv.services.exchange.suites import Suites
from icv.services.exchange.visits import Visits
from icv.services.exchange.volunteers import Volunteers
from icv.store import trail

BOOKS: dict[str, type[Book[Any]]] = {
    "suites": Suites,
    "volunteers": Volunteers,
    "visits": Visits,
    "findings": Findings,
}
"""The kinds of file, in the order in which each finds what it refers to."""


class ImportRefused(Refusal):
    """A file of which nothing was written. The text is a line for each of `errors`, fit to be shown.

    A file that cannot be read at all has no `errors`, only the text.
    """

    def __init__(self, errors: Sequence[RowError], text: str | None = None) -> None:
        super().__init__(text or "\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row changes in a record: the column's content before and after, as it stands in a file."""

    row: int
    reference: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: its rows are `added`, `changed` or `unchanged`; blank ones were passed over."""

    kind: str
    added: int
    changed: int
    unchanged: int
    blank_rows: int
    warnings: tuple[RowError, ...]
    new: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


def import_file(
    session: Session, kind: str, path: Path, *, update: bool = False, by: int | None, at: datetime
) -> Imported:
    """Imports a .csv, .xlsx or .ods of that kind, all or nothing. Raises ImportRefused with every error.

    With `update`, a row whose reference or e-mail is on record changes the columns that the file has,
    a blank cell included; a column that the file has not stays as it is on record.
    """
    if kind not in BOOKS:
        raise ImportRefused([], f"{kind} is no kind of file. The kinds are {', '.join(BOOKS)}.")
    try:
        sheet = read_sheet(path, kind)
    except SheetUnreadable as fault:
        raise ImportRefused([], str(fault)) from fault
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return import_sheet(session, kind, sheet, sha256=digest, update=update, by=by, at=at)


def import_sheet(
    session: Session,
    kind: str,
    sheet: Sheet,
    *,
    sha256: str,
    update: bool = False,
    how_to_update: str = "use --update to change it",
    by: int | None,
    at: datetime,
) -> Imported:
    """The same of rows that were read before; `sha256` is of the file they came from."""
    book = BOOKS[kind](session)
    lines, warnings = _judged(book, sheet, "" if update else how_to_update, london_day(at))
    changes = [Change(book.format.row(**line.cells), book.before(line.cells)) for line in lines]
    judged = list(zip(lines, changes, strict=True))
    real = [one for one in changes if one.row != one.before]
    changed = book.keep(real, Author(by, at))
    imported = Imported(
        kind=kind,
        added=sum(one.before is None for one in real),
        changed=sum(one.before is not None for one in real),
        unchanged=len(changes) - len(real),
        blank_rows=sheet.blank_rows,
        warnings=tuple(warnings),
        new=tuple(str(line.cells[book.reference]) for line, one in judged if one.before is None),
        differences=tuple(_differences(book, judged)),
    )
    trail.note(session, "import", kind, None, by=by, at=at, added=imported.added, sha256=sha256)
    for number in changed:
        trail.note(session, "correct by import", book.subject, number, by=by, at=at)
    session.flush()
    session.expire_all()
    return imported


def _differences(book: Book[Any], judged: list[tuple[Line, Change[Any]]]) -> Iterator[Difference]:
    """Row by row, column by column, of what is on record and changes."""
    for line, one in judged:
        if one.before is None or one.row == one.before:
            continue
        for column in book.format.columns:
            before, after = getattr(one.before, column), getattr(one.row, column)
            if before != after:
                reference = str(line.cells[book.reference])
                yield Difference(line.number, reference, column, written(before), written(after))


def _judged(
    book: Book[Any], sheet: Sheet, how_to_update: str, today: date
) -> tuple[list[Line], list[RowError]]:
    """The lines to keep and what is doubtful in them. Raises ImportRefused.

    `how_to_update` is empty where records are to be changed.
    """
    form = book.format
    if errors := list(header_errors(form, sheet.header)):
        raise ImportRefused(errors)
    lines, errors = _read(form, sheet)
    lines = book.named(lines)
    errors += _taken(book, lines, how_to_update)
    lines = [line.over({**form.defaults, **book.remembered(line.cells)}) for line in lines]
    for line in lines:
        errors += broken(form.rules, line)
    errors += book.errors(lines)
    if errors:
        raise ImportRefused(_in_order(form, errors))
    doubts = [doubt for line in lines for doubt in broken(form.doubts, line)]
    doubts += [doubt for line in lines for doubt in still_to_come(form, line, today)]
    return lines, _in_order(form, [*doubts, *book.doubts(lines)])


def _read(form: Format[Any], sheet: Sheet) -> tuple[list[Line], list[RowError]]:
    lines, errors = [], []
    for number, texts in sheet.rows:
        line, faults = read_line(form, sheet.header, number, texts)
        lines.append(line)
        errors += faults
    return lines, errors


def _taken(book: Book[Any], lines: list[Line], how_to_update: str) -> Iterator[RowError]:
    """References that stand there twice, or are on record although nothing was said of updating."""
    first: dict[Any, int] = {}
    for line in lines:
        key = book.key(line.cells)
        if key is None:
            continue
        said = line.cells[book.reference]
        if key in first:
            yield RowError(line.number, book.reference, f"{said} stands in row {first[key]} already")
        elif how_to_update and book.is_known(line.cells):
            yield RowError(line.number, book.reference, f"{said} is on record already; {how_to_update}")
        first.setdefault(key, line.number)


def _in_order(form: Format[Any], errors: list[RowError]) -> list[RowError]:
    """By row, then as the columns stand in the format."""
    places = {column: place for place, column in enumerate(form.columns)}
    return sorted(errors, key=lambda error: (error.row, places.get(error.column, len(places))))
