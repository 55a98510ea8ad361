"""The annex of a large scheme's annual report: every suite once, in every form that is read."""

import io
import json
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.papers.panel import Form, made
from icv.papers.panel.annexing import annexed
from icv.papers.panel.arranging import arranged
from icv.papers.panel.laid import Grid
from icv.rules.exhibits import Column, Row, Table
from icv.rules.paper import Extract, Paper, Paragraph, Tabled
from icv.rules.paper.extracts import MOST_SUITES, SHOWN
from icv.rules.paper.written import paper_as_json, paper_from_json
from tests.papers.examples import PAPER, SUITES, completion
from tests.papers.pdf import Pdf
from tests.papers.reading import Package, W, sheets_of, style_of, words_of
from tests.papers.reports import annual_of, by_suite, name, names

SIZES = (MOST_SUITES + 1, 200)
ANNEX = "Annex A: every suite"


@cache
def report(number: int) -> Paper:
    return annual_of(number)


@cache
def document(number: int, form: Form) -> bytes:
    return made(report(number), form)


def without_extracts(paper: Paper) -> Paper:
    """As it was written before there were any."""
    blocks = (replace(one, extract=None) if isinstance(one, Tabled) else one for one in paper.blocks)
    return replace(paper, blocks=tuple(blocks))


known = st.lists(st.sampled_from([f"S{n}" for n in range(8)]), max_size=9)


def of_names(key: str, rows: list[str], columns: int) -> Tabled:
    """A name may be there twice: nobody forbids it to a paper that was kept elsewhere."""
    headings = tuple(f"{key}{n}" for n in range(columns))
    table = Table(
        key,
        key,
        "Suite",
        tuple(Column(one) for one in headings),
        tuple(Row(one, tuple(range(place, place + columns))) for place, one in enumerate(rows)),
        Row("All suites", tuple(range(columns))) if len(rows) % 2 else None,
    )
    return Tabled(key, table, Extract((), "", headings))


@given(st.lists(st.tuples(known, st.integers(1, 3)), min_size=1, max_size=4))
def test_each_row_of_each_table_stands_in_the_annex_once_with_all_its_cells(
    drawn: list[tuple[list[str], int]],
) -> None:
    blocks = [of_names(f"t{place}", rows, columns) for place, (rows, columns) in enumerate(drawn)]
    whole = annexed(replace(PAPER, blocks=tuple(blocks)))
    assert whole
    assert [one.heading for one in whole.columns] == [h for b in blocks for h in b.extract.headings]  # type: ignore[union-attr]
    left = 0
    for block in blocks:
        right = left + len(block.table.columns)
        lines = [(row.name, row.cells[left:right]) for row in whole.rows]
        met = [line for line in lines if any(cell is not None for cell in line[1])]
        assert Counter(met) == Counter((row.name, row.cells) for row in block.table.rows)
        if block.table.total:
            assert whole.total
            assert whole.total.cells[left:right] == block.table.total.cells
        left = right
    most = Counter[str]()
    for rows, _ in drawn:
        most |= Counter(rows)
    assert Counter(row.name for row in whole.rows) == most


def test_suites_stand_in_the_order_of_the_tables() -> None:
    blocks = (of_names("a", ["A", "C", "D"], 1), of_names("b", ["A", "B", "D", "E"], 1))
    whole = annexed(replace(PAPER, blocks=blocks))
    assert whole
    assert [row.name for row in whole.rows] == ["A", "B", "C", "D", "E"]


def test_a_paper_without_extracts_has_no_annex() -> None:
    assert annexed(PAPER) is None
    for number in (3, MOST_SUITES):
        assert annexed(report(number)) is None
        assert b"Annex" not in document(number, Form.HTML)


@pytest.mark.parametrize("number", SIZES)
def test_the_page_shows_the_lowest_and_then_every_suite_once(number: int) -> None:
    page = html5lib.parse(document(number, Form.HTML).decode(), namespaceHTMLElements=False)
    heads = ["".join(one.itertext()) for one in page.iter("h2")]
    assert heads[-1] == ANNEX
    assert [one.get("href") for one in page.iter("a")][-1] == "#annex"
    *tables, last = page.iter("table")
    assert [one.text for one in last.iterfind("tbody/tr/th")] == names(number)
    lines = [[one.text for one in table.iterfind("tbody/tr/th")] for table in tables]
    of_suites = [line for line in lines if line and str(line[0]).startswith("Suite")]
    assert [len(line) for line in of_suites] == [SHOWN] * 4
    assert of_suites[0][:2] == [name(9), name(19)]
    said = " ".join("".join(page.itertext()).split())
    assert said.count("Shown are the ten suites with the") == 4
    for figure, words in report(number).definitions:
        assert said.count(words) == 1, f"{figure} is explained where it is first shown"


@pytest.mark.parametrize("number", SIZES)
def test_the_pdf_has_every_suite_once_on_pages_that_lie(number: int) -> None:
    pdf = Pdf(document(number, Form.PDF))
    assert pdf.claims_ua
    first = pdf.lying.index(True)
    assert pdf.lying == [False] * first + [True] * (len(pdf.lying) - first)
    annex = Counter(line for text in pdf.page_texts[first:] for line in text.split("\n"))
    assert {one: annex[one] for one in names(number)} == dict.fromkeys(names(number), 1)
    assert ANNEX in pdf.page_texts[first]
    assert "End of the paper" in pdf.page_texts[-1]
    heads = ["Scheduled visits completed" in " ".join(one.split()) for one in pdf.page_texts[first:-1]]
    assert all(heads), "its heads stand on every page"
    laid = arranged(report(number))
    assert laid.annex
    grids = [*(part for part in laid.parts if isinstance(part, Grid)), *laid.annex.grids]
    assert pdf.roles.count("TH") == sum(1 + len(grid.headings) for grid in grids)
    assert len(laid.annex.grids) == 1, "one table, cut in no parts"


def test_a_large_scheme_has_a_third_fewer_pages_in_its_annual_report() -> None:
    before = Pdf(made(without_extracts(report(200)), Form.PDF))
    assert Pdf(document(200, Form.PDF)).pages * 3 <= before.pages * 2
    assert not any(before.lying)


@pytest.mark.parametrize("number", SIZES)
def test_the_word_file_has_every_suite_once_under_a_heading(number: int) -> None:
    package = Package.of(document(number, Form.DOCX))
    package.assert_whole()
    body = package.tree("word/document.xml").find(f"{W}body")
    assert body is not None
    heads = [words_of(one) for one in body.iter(f"{W}p") if style_of(one) == "Heading1"]
    assert heads[-1] == ANNEX
    assert [words_of(one) for one in body.iter(f"{W}hyperlink")] == heads
    *tables, last = body.findall(f"{W}tbl")
    rows = last.findall(f"{W}tr")
    assert [words_of(row.findall(f"{W}tc")[0]) for row in rows] == ["Suite", *names(number), "All suites"]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (number + 1)
    firsts = [[words_of(row.findall(f"{W}tc")[0]) for row in one.findall(f"{W}tr")] for one in tables]
    assert [len(one) - 2 for one in firsts if one[0] == "Suite"] == [SHOWN] * 4
    sizes = [(one.get(f"{W}w"), one.get(f"{W}h"), one.get(f"{W}orient")) for one in body.iter(f"{W}pgSz")]
    assert [size[2] for size in sizes] == [None, "landscape"]
    assert sizes[0][:2] == (sizes[1][1], sizes[1][0])
    wide = sum(int(column.get(f"{W}w", "0")) for column in last.iterfind(f"{W}tblGrid/{W}gridCol"))
    assert wide <= round(25.7 / 2.54 * 1440) + 20
    foots = [words_of(package.tree(one)) for one in package.parts if one.startswith("word/footer")]
    assert len(foots) == 2
    assert set(foots) == {"OFFICIALDraftPage 1 of 1"}


def test_each_row_stands_once_in_spreadsheets_and_in_json() -> None:
    paper = report(200)
    sheets = sheets_of(document(200, Form.XLSX))
    tables = [block.table for block in paper.blocks if isinstance(block, Tabled)]
    assert len(sheets) == 1 + len(tables)
    assert not any("Annex" in one for one in sheets)
    by_suites = [rows for rows in sheets.values() if rows[0][0] == "Suite"]
    assert [[row[0] for row in rows[1:-1]] for rows in by_suites] == [
        [row.name for row in table.rows] for table in by_suite(paper)
    ]
    with zipfile.ZipFile(io.BytesIO(document(200, Form.CSV))) as packed:
        files = [packed.read(one).decode("utf-8-sig") for one in packed.namelist()]
    assert [one.count(f"{name(50)},") for one in files if one.startswith("Suite,")] == [1] * 4
    assert len(files) == 1 + len(tables)
    written = json.loads(document(200, Form.JSON))
    assert [len(one["table"]["rows"]) for one in written["blocks"] if "extract" in one] == [
        200,
        200,
        199,
        199,
    ]


def test_a_paper_frozen_before_there_were_extracts_reads_as_it_did() -> None:
    frozen = paper_as_json(without_extracts(report(200)))
    assert not any("extract" in block for block in frozen["blocks"])
    page = html5lib.parse(made(paper_from_json(frozen), Form.HTML).decode(), namespaceHTMLElements=False)
    lines = [len(table.findall("tbody/tr")) for table in page.iter("table")]
    assert sorted(lines)[-4:] == [199, 199, 200, 200]
    assert ANNEX not in "".join(page.itertext())


def test_where_tables_are_left_out_the_annex_has_the_others() -> None:
    blocks = report(40).blocks
    one = next(block for block in blocks if isinstance(block, Tabled) and block.table.key == "entry-suites")
    alone = made(replace(report(40), blocks=(one,)), Form.HTML).decode()
    assert "Its columns are those of table 1." in alone
    assert '<th scope="col" class="icv-n">Waits over ten minutes</th>' in alone
    assert ">Findings raised</th>" not in alone
    several = " ".join(made(report(40), Form.HTML).decode().split())
    assert "Its columns are those of tables 1, " in several


def _only(number: int) -> Paper:
    lines = tuple(Paragraph(f"p{line}", f"Line {line}.") for line in range(number))
    return replace(PAPER, blocks=lines, definitions=(), purpose="", asked="")


def test_the_end_never_stands_alone_on_the_last_page() -> None:
    """Of papers a line longer each, some break just before it."""
    seen = set()
    for number in range(31, 37):
        last = Pdf(made(_only(number), Form.PDF)).page_texts[-1].split("\n")
        seen.add(number if "Line 0." in last else "broken")
        assert f"Line {number - 1}." in last
    assert len(seen) > 1, "some fit on one page and some did not"


def test_the_end_takes_a_table_along_that_is_short() -> None:
    for number in range(25, 29):
        paper = _only(number)
        table = Tabled("t", completion(SUITES))
        last = Pdf(made(replace(paper, blocks=(*paper.blocks, table)), Form.PDF)).page_texts[-1]
        assert SUITES[-1] in last


def test_the_word_file_keeps_its_end_with_what_stands_before_it() -> None:
    body = Package.of(document(MOST_SUITES + 1, Form.DOCX)).tree("word/document.xml").find(f"{W}body")
    assert body is not None
    kept = [one.find(f"{W}pPr/{W}keepNext") is not None for one in body.findall(f"{W}p")[-3:]]
    assert kept == [True, True, False]
