"""Sheets read from a spreadsheet's file."""

import csv
import importlib
import io
import re
from pathlib import Path

from icv.papers.sheets import MOST_ROWS, Sheet, SheetUnreadable

MOST_BYTES = 64 * 2**20


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
    """Their reader is loaded when there is a workbook to read, and not before."""
    rows: list[list[str]] = importlib.import_module("icv.papers.workbooks").rows_of(path, name)
    return rows
