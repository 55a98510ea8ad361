"""Sheets: rows of text read from a spreadsheet's file, and rows written as CSV."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from icv.rules.refusals import Refusal

MOST_BYTES = 64 * 2**20
MOST_BYTES_UNPACKED = 512 * 2**20
MOST_ROWS = 199_999
_FAR_CELL = re.compile(rb'<c r="(?:[A-Z]{2,}\d+|[A-Z](?:[2-9]\d{5}|\d{7,}))"[^>]*[^/]>')
_PIECE, _OVERLAP = 2**20, 200


class SheetUnreadable(Refusal):
    """A file no rows can be read from; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are those with anything in them, numbered as a spreadsheet does; `header` is row 1."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    blank_rows: int


def read_sheet(path: Path, name: str) -> Sheet:
    """Reads a .csv, .xlsx or .ods. Of a workbook the sheet called `name`, or else the first."""
    readers = {".csv": _csv_rows, ".xlsx": _workbook_rows, ".ods": _workbook_rows}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise SheetUnreadable(f"{path.name} is none of .csv, .xlsx and .ods. Save it as one of them.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SheetUnreadable(f"{path.name} is larger than {MOST_BYTES // 2**20} MB. Import it in parts.")
        rows = reader(path, name)
    except OSError as fault:
        raise SheetUnreadable(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    return _sheet(path, rows)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8, lines ended by a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _sheet(path: Path, rows: list[list[str]]) -> Sheet:
    if not rows:
        raise SheetUnreadable(f"{path.name} is empty. Its first row must hold the names of the columns.")
    if len(rows) - 1 > MOST_ROWS:
        raise SheetUnreadable(f"{path.name} has more than {MOST_ROWS} rows. Import it in parts.")
    header = tuple(cell.strip().casefold() for cell in rows[0])
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    return Sheet(header, filled, len(rows) - 1 - len(filled))


def _csv_rows(path: Path, name: str) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise SheetUnreadable(f"{path.name} is not UTF-8 (line {line}). Save it as CSV UTF-8.") from fault
    if "\0" in text:
        raise SheetUnreadable(f"{path.name} is not a text file. Save it as CSV UTF-8.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as fault:
        raise SheetUnreadable(
            f"{path.name} is not a CSV file (line {reader.line_num}: {fault}). Save it as CSV UTF-8."
        ) from fault
    if rows and len(rows[0]) == 1 and re.search("[;\t]", rows[0][0]):
        raise SheetUnreadable(f"The columns of {path.name} are not separated by commas. Save it with commas.")
    return rows


def _workbook_rows(path: Path, name: str) -> list[list[str]]:
    try:
        if zipfile.is_zipfile(path):
            _refuse_vast(path)
        with CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_name(name if name in book.sheet_names else book.sheet_names[0])
            return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except PasswordError as fault:
        raise SheetUnreadable(f"{path.name} needs a password. Save it without one.") from fault
    except (CalamineError, zipfile.BadZipFile, IndexError) as fault:
        raise SheetUnreadable(f"{path.name} is not a spreadsheet that can be read ({fault}).") from fault


def _refuse_vast(path: Path) -> None:
    """The reader makes room for every cell up to the furthest one: a stray far cell would take all memory."""
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES_UNPACKED:
            raise SheetUnreadable(f"{path.name} is too large when unpacked. Import it in parts.")
        for part in parts.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with parts.open(part) as sheet:
                    if _has_far_cell(sheet):
                        raise SheetUnreadable(
                            f"{path.name} holds cells right of column Z or below row {MOST_ROWS}."
                            " Copy the rows to import into a workbook of their own."
                        )


def _has_far_cell(sheet: IO[bytes]) -> bool:
    carried = b""
    while piece := sheet.read(_PIECE):
        if _FAR_CELL.search(carried + piece):
            return True
        carried = piece[-_OVERLAP:]
    return False


def _text(cell: Any) -> str:
    """A typed cell as it would stand in CSV: ISO days and times, whole numbers without a point."""
    match cell:
        case str():
            return cell
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.isoformat(timespec="auto" if cell.second or cell.microsecond else "minutes")
        case date() | time():
            return cell.isoformat()
        case float():
            return f"{Decimal(repr(cell)).normalize():f}"
    return str(cell)
