"""Workbooks: the rows of an .xlsx or .ods as the text a CSV would hold."""

import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from icv.papers.sheets import MOST_ROWS, SheetUnreadable

MOST_BYTES_UNPACKED = 512 * 2**20
_FAR_CELL = re.compile(rb'<c r="(?:[A-Z]{2,}\d+|[A-Z](?:[2-9]\d{5}|\d{7,}))"[^>]*[^/]>')
_PIECE, _OVERLAP = 2**20, 200


def rows_of(path: Path, name: str) -> list[list[str]]:
    """Of the sheet of that name, or else the first. Raises SheetUnreadable."""
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
