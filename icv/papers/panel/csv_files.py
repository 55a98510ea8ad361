"""The tables of a paper as CSV, each a file in a zip, and beside them one that says what they are."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from icv.papers.panel.flat import A_DAY, Bare, about, headings, key_in_letters, rows, tables_of
from icv.papers.sheets import csv_bytes
from icv.rules.exchange.cells import protected
from icv.rules.paper import Paper

_MARK = b"\xef\xbb\xbf"
"""Tells spreadsheet programs that it is UTF-8."""


def csv_files(paper: Paper) -> bytes:
    files = {"about.csv": _file(("What", "Words"), about(paper))}
    for number, table in enumerate(tables_of(paper), 1):
        files[f"{number:02}-{key_in_letters(table)}.csv"] = _file(headings(table), rows(table))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, A_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _file(header: Sequence[str], lines: Iterable[Sequence[Bare]]) -> bytes:
    texts = ([_text(cell) for cell in line] for line in lines)
    return _MARK + csv_bytes([protected(heading) for heading in header], texts)


def _text(cell: Bare) -> str:
    match cell:
        case None:
            return ""
        case str():
            return protected(cell)
    return f"{cell}"
