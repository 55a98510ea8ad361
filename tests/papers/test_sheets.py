"""Spreadsheet files: the same rows from each kind of file, and one plain answer to what is none."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from icv.papers.csv_writing import csv_bytes
from icv.papers.sheet_files import read_sheet
from icv.papers.sheets import Sheet, SheetUnreadable

ROWS: list[list[Any]] = [
    ["Visit", "on", "at", "often", "known"],
    ["V1", date(2023, 12, 3), datetime(2023, 12, 3, 14, 5), 12.0, True],
    [None, None, None, None, None],
    ["V2", None, None, 0.25, False],
]
READ = Sheet(
    header=("visit", "on", "at", "often", "known"),
    rows=[(2, ["V1", "2023-12-03", "2023-12-03T14:05", "12", "yes"]), (4, ["V2", "", "", "0.25", "no"])],
    blank_rows=1,
)


def as_csv(path: Path, rows: list[list[Any]]) -> None:
    path.write_bytes(csv_bytes(READ.header, [READ.rows[0][1], [], READ.rows[1][1]]))


def as_xlsx(path: Path, rows: list[list[Any]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        book.add_worksheet("notes").write(0, 0, "not these")
        sheet = book.add_worksheet("visits")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, formats.get(type(cell)))


def as_ods(path: Path, rows: list[list[Any]]) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="anything")
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(ods_cell(cell))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def ods_cell(cell: Any) -> TableCell:
    if cell is None:
        return TableCell()
    if isinstance(cell, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(cell).lower())
    if isinstance(cell, float):
        return TableCell(valuetype="float", value=str(cell))
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    made = TableCell(valuetype="string")
    made.addElement(P(text=cell))
    return made


@pytest.mark.parametrize(("suffix", "write"), [(".csv", as_csv), (".xlsx", as_xlsx), (".ods", as_ods)])
def test_each_kind_of_file_gives_the_same_rows(
    tmp_path: Path, suffix: str, write: Callable[[Path, list[list[Any]]], None]
) -> None:
    path = tmp_path / f"visits{suffix}"
    write(path, ROWS)
    assert read_sheet(path, "visits") == READ


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('visit,remark\nV1,"two\nlines"\n\nV2,\n')
    assert [number for number, _ in read_sheet(path, "visits").rows] == [2, 4]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("visit\nV1\n", encoding="utf-8-sig")
    assert read_sheet(path, "visits").header == ("visit",)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", "visit\nCafé\n".encode("latin-1"), r"not UTF-8 \(line 2\)"),
        ("a.csv", "visit\nV1\n".encode("utf-16"), "not UTF-8"),
        ("a.csv", b"visit\nV\0\n", "not a text file"),
        ("a.csv", b'visit\n"never closed\n', "not a CSV file"),
        ("a.csv", b"visit;suite\nV1;A\n", "not separated by commas"),
        ("a.xlsx", b"visit,suite\n", "not a spreadsheet"),
        ("a.ods", b"", "not a spreadsheet"),
        ("a.xls", b"", "none of .csv, .xlsx and .ods"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable, match=told):
        read_sheet(path, "visits")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods"])
def test_a_missing_file_is_told(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(SheetUnreadable, match="cannot be read"):
        read_sheet(tmp_path / f"missing{suffix}", "visits")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(SheetUnreadable, match="cannot be read"):
        read_sheet(tmp_path / "a.csv", "visits")


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 3), (3, 16_383)])
def test_one_far_cell_does_not_take_all_memory(tmp_path: Path, row: int, column: int) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "visit")
        sheet.write(row, column, "stray")
    with pytest.raises(SheetUnreadable, match="right of column Z or below row"):
        read_sheet(path, "visits")


def test_far_cells_that_are_only_coloured_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "coloured.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "visit")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "red"}))
    assert read_sheet(path, "visits").header == ("visit",)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("visit\n" + "V\n" * 200_000)
    with pytest.raises(SheetUnreadable, match="more than 199999 rows"):
        read_sheet(path, "visits")
