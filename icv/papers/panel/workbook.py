"""The tables of a paper as a workbook, in a process of its own: `python -m icv.papers.panel.workbook`.

JSON in, an .xlsx out. Numbers are numbers; what people typed is text and never a formula.
"""

import io
import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from icv.papers.panel.flat import about, tables_of
from icv.rules.exhibits import Cell, Hidden, Table
from icv.rules.exhibits.flat import flat
from icv.rules.paper import Paper
from icv.rules.paper.written import paper_from_json

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_MARGIN = 31, 32_000, 250
"""In signs as spreadsheets count them, where many a picture letter is two."""
_NARROWEST, _WIDEST = 8, 60
_LEADS_ON = re.compile(r"(?:[\s,;:–(]|\s(?:all|and|as|at|by|for|from|in|of|on|or|the|to|with))+$")
"""Signs and words after which a name reads as cut."""


def main() -> None:
    sys.stdout.buffer.write(_workbook(paper_from_json(json.load(sys.stdin.buffer))))


def _workbook(paper: Paper) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": paper.title[:255],
                "author": paper.author[:255],
                "subject": paper.kind[:255],
                "keywords": paper.marking[:255],
                "created": datetime.combine(paper.as_of, time()),
            }
        )
        looks = _Looks(book)
        _about(book.add_worksheet("About"), paper, looks)
        for number, table in enumerate(tables_of(paper), 1):
            _table(book.add_worksheet(sheet_name(number, table)), table, paper, looks)
    return made.getvalue()


class _Looks:
    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.words: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.name: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.whole: Format = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.few: Format = book.add_format({"align": "right", "valign": "top"})
        self.tenths: Format = book.add_format({"num_format": "#,##0.0", "valign": "top"})


def sheet_name(number: int, table: Table) -> str:
    """Its number makes it unlike every other. The signs a sheet's name may not hold are left out.

    Cut after a word that fits; one too long for any name is cut within.
    """
    words = _NOT_IN_NAMES.sub(" ", table.caption)
    whole = name = f"{number} {' '.join(words.split())}".strip()
    while _signs(name) > _LONGEST_NAME:
        name = name[:-1].strip()
    if name == whole:
        return name
    last = name if whole[len(name)] == " " else name.rpartition(" ")[0]
    return _LEADS_ON.sub("", last) if " " in last else name


def _signs(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _about(sheet: Worksheet, paper: Paper, looks: _Looks) -> None:
    _ready(sheet, paper)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    _write(sheet, 0, ["What", "Words"], looks, is_head=True)
    for place, line in enumerate(about(paper), 1):
        _write(sheet, place, line, looks)


def _table(sheet: Worksheet, table: Table, paper: Paper, looks: _Looks) -> None:
    _ready(sheet, paper)
    lines = flat(table)
    for column, texts in enumerate(zip(*lines, strict=True)):
        longest = max(len(text if isinstance(text, str) else "1,000,000") for text in texts)
        sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
    for place, line in enumerate(lines):
        _write(sheet, place, line, looks, is_head=place == 0)


def _ready(sheet: Worksheet, paper: Paper) -> None:
    """The head stays in sight and on every printed page, the marking above and beneath."""
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    marking = paper.marking.replace("&", "&&")[:_LONGEST_MARGIN]
    sheet.set_header(f"&C{marking}")
    sheet.set_footer(f"&C{marking}\nPage &P of &N"[:_LONGEST_MARGIN])


def _write(sheet: Worksheet, row: int, line: Sequence[Cell], looks: _Looks, *, is_head: bool = False) -> None:
    for column, cell in enumerate(line):
        match cell:
            case str():
                look = looks.head if is_head else looks.words if column else looks.name
                sheet.write_string(row, column, cell[:_LONGEST_TEXT], look)
            case float():
                sheet.write_number(row, column, cell, looks.tenths)
            case Hidden():
                sheet.write_string(row, column, cell.value, looks.few)
            case int():
                sheet.write_number(row, column, cell, looks.whole)


if __name__ == "__main__":
    main()
