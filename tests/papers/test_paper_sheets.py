"""The paper as a workbook and as CSV files: real numbers, legal names, and nothing that is a formula."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from icv.papers.panel import Form, made
from icv.rules.paper.written import paper_as_json
from tests.papers.examples import EMPTY, LONG, PAPER, STRANGE
from tests.papers.reading import Package, sheets_of

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def workbook() -> bytes:
    return made(PAPER, Form.XLSX)


def csv_of(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {
            name: list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig")), strict=True))
            for name in packed.namelist()
        }


def test_a_first_sheet_says_what_the_others_are() -> None:
    name, rows = next(iter(sheets_of(workbook()).items()))
    said = dict(map(tuple, rows))
    assert name == "About"
    assert said["Title"] == PAPER.title
    assert said["Period"] == "1 December 2023 to 31 January 2024"
    assert said["Table 1"] == "Scheduled visits completed, by suite."
    assert said["Visits completed"] == "Scheduled visits with the outcome completed."


def test_a_share_is_three_numbers() -> None:
    rows = sheets_of(workbook())["3 Findings by category"]
    assert rows[0] == [
        "Category",
        "Raised",
        "Put right at once",
        "Put right at once: of",
        "Put right at once: per cent",
        "Median days",
    ]
    assert rows[1] == ["Welfare", 1204.0, 1185.0, 1204.0, 98.4, 2.5]
    assert rows[2] == ["=1+1", "few", "", "", "", ""]
    assert rows[3] == ["Conditions", 0.0, 0.0, 0.0, "", ""]


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    package = Package.of(made(STRANGE, Form.XLSX))
    package.assert_whole()
    sheets = [name for name in package.parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    for name in sheets:
        assert not list(package.tree(name).iter(f"{S}f"))
        assert not list(package.tree(name).iter(f"{S}hyperlink"))
    assert not [name for name in package.parts if "external" in name.casefold()]


def test_the_names_of_sheets_are_legal_and_each_is_its_own() -> None:
    table = PAPER.blocks[5]
    nasty = [
        replace(table, table=replace(table.table, caption=caption))  # type: ignore[type-var, union-attr]
        for caption in ("[a]:*?/\\'", "", "'", "x" * 99, "X" * 99, LONG, "History", "\0😀" * 20)
    ]
    names = list(sheets_of(made(replace(PAPER, blocks=(*nasty,)), Form.XLSX)))
    assert len(names) == 9 == len({name.casefold() for name in names})
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Scheduled visits completed, by suite", "1 Scheduled visits completed"),
        ("Findings by category", "1 Findings by category"),
        ("Visits by weekday and time of day, all suites", "1 Visits by weekday and time"),
        ("Raised by category and suite, as of", "1 Raised by category and suite"),
        ("x" * 40, "1 " + "x" * 29),
    ],
)
def test_the_name_of_a_sheet_ends_with_a_word(caption: str, name: str) -> None:
    table = PAPER.blocks[5]
    named = replace(table, table=replace(table.table, caption=caption))  # type: ignore[type-var, union-attr]
    assert list(sheets_of(made(replace(PAPER, blocks=(named,)), Form.XLSX)))[1] == name


def test_heads_stay_in_sight() -> None:
    package = Package.of(workbook())
    panes = [
        pane
        for name in package.parts
        if name.startswith("xl/worksheets/sheet")
        for pane in package.tree(name).iter(f"{S}pane")
    ]
    assert [(pane.get("ySplit"), pane.get("state")) for pane in panes] == [("1", "frozen")] * 4


def test_a_very_long_text_is_cut_and_not_left_out() -> None:
    book = made(replace(PAPER, definitions=(("visits.scheduled", "long " * 8000),)), Form.XLSX)
    (said,) = [row[1] for row in sheets_of(book)["About"] if row[0] == "Visits scheduled"]
    assert len(str(said)) == 32_000


def test_csv_has_a_file_for_each_table() -> None:
    files = csv_of(made(PAPER, Form.CSV))
    assert list(files) == [
        "about.csv",
        "01-completion-by-suite.csv",
        "02-coverage.csv",
        "03-findings-by-category.csv",
    ]
    assert files["03-findings-by-category.csv"][1] == ["Welfare", "1204", "1185", "1204", "98.4", "2.5"]


def test_no_cell_of_a_csv_file_is_taken_for_a_formula() -> None:
    for rows in csv_of(made(STRANGE, Form.CSV)).values():
        for row in rows:
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_paper_with_no_table_gives_what_it_is_about() -> None:
    assert list(csv_of(made(EMPTY, Form.CSV))) == ["about.csv"]
    assert list(sheets_of(made(EMPTY, Form.XLSX))) == ["About"]


def test_json_is_the_paper_as_it_is_kept() -> None:
    assert json.loads(made(STRANGE, Form.JSON)) == paper_as_json(STRANGE)
    assert made(STRANGE, Form.JSON).count(b"\n") > 100


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert made(PAPER, Form.XLSX) == workbook()
    assert made(PAPER, Form.CSV) == made(PAPER, Form.CSV)


def test_the_workbook_says_when_and_by_whom() -> None:
    core = Package.of(workbook()).tree("docProps/core.xml")
    said = {one.tag.rpartition("}")[2]: one.text for one in core}
    assert isinstance(core, ElementTree.Element)
    assert (said["title"], said["creator"]) == (PAPER.title, PAPER.author)
    assert said["created"] == "2024-02-03T00:00:00Z"
