"""The annex of a committee paper: one table of few columns, so its pages stand, and the paper stays short."""

from collections import Counter
from dataclasses import replace
from functools import cache

import html5lib
import pytest

from icv.papers.panel import Form, made
from icv.papers.panel.annexing import TITLE
from icv.papers.panel.arranging import arranged
from icv.papers.panel.columns import PAGE_CM
from icv.rules.paper import Paper, Tabled
from icv.rules.paper.extracts import MOST_SUITES, SHOWN
from icv.rules.paper.written import paper_as_json, paper_from_json
from tests.papers.pdf import Pdf
from tests.papers.reading import Package, W, style_of, words_of
from tests.papers.reports import annual_of, committee_of, names

SIZES = (MOST_SUITES + 1, 200)


@cache
def paper(number: int) -> Paper:
    return committee_of(number)


@cache
def document(number: int, form: Form) -> bytes:
    return made(paper(number), form)


@pytest.mark.parametrize("number", [1, 3, MOST_SUITES])
def test_of_up_to_twenty_suites_it_has_none(number: int) -> None:
    assert arranged(paper(number)).annex is None
    assert not any("extract" in block for block in paper_as_json(paper(number))["blocks"])
    assert b"Annex" not in document(number, Form.HTML)


@pytest.mark.parametrize("number", SIZES)
def test_the_page_shows_ten_suites_and_then_every_one_once(number: int) -> None:
    page = html5lib.parse(document(number, Form.HTML).decode(), namespaceHTMLElements=False)
    assert ["".join(one.itertext()) for one in page.iter("h2")][-1] == TITLE
    lines = [[one.text for one in table.iterfind("tbody/tr/th")] for table in page.iter("table")]
    of_suites = [line for line in lines if line and str(line[0]).startswith("Suite")]
    assert [len(line) for line in of_suites] == [SHOWN, number]
    assert of_suites[-1] == names(number)
    assert "Its columns are those of table 1." in " ".join("".join(page.itertext()).split())
    assert not any(one.get("class") == "icv-paper-annex" for one in page.iter("section"))


@pytest.mark.parametrize("number", SIZES)
def test_the_pdf_has_every_suite_once_behind_the_paper_on_pages_that_stand(number: int) -> None:
    pdf = Pdf(document(number, Form.PDF))
    assert pdf.claims_ua
    assert not any(pdf.lying)
    (first,) = [place for place, text in enumerate(pdf.page_texts) if TITLE in text.split("\n")]
    annex = Counter(line for text in pdf.page_texts[first:] for line in text.split("\n"))
    assert {one: annex[one] for one in names(number)} == dict.fromkeys(names(number), 1)
    assert "Recruitment and membership" not in annex
    assert "End of the paper" in pdf.page_texts[-1]


def test_of_many_suites_it_is_read_on_as_few_pages_as_of_ten_and_the_annex_costs_none() -> None:
    many = Pdf(document(200, Form.PDF))
    (first,) = [place for place, text in enumerate(many.page_texts) if TITLE in text.split("\n")]
    assert first <= Pdf(document(SHOWN, Form.PDF)).pages
    blocks = (replace(one, extract=None) if isinstance(one, Tabled) else one for one in paper(200).blocks)
    whole = Pdf(made(replace(paper(200), blocks=tuple(blocks)), Form.PDF))
    assert many.pages <= whole.pages


@pytest.mark.parametrize("number", SIZES)
def test_the_word_file_has_every_suite_once_on_pages_of_their_own_that_stand(number: int) -> None:
    package = Package.of(document(number, Form.DOCX))
    package.assert_whole()
    body = package.tree("word/document.xml").find(f"{W}body")
    assert body is not None
    heads = [one for one in body.iter(f"{W}p") if style_of(one) == "Heading1"]
    assert words_of(heads[-1]) == TITLE
    begins = [one.find(f"{W}pPr/{W}pageBreakBefore") is not None for one in heads]
    assert begins == [False] * (len(heads) - 1) + [True]
    assert [one.get(f"{W}orient") for one in body.iter(f"{W}pgSz")] == [None]
    rows = body.findall(f"{W}tbl")[-1].findall(f"{W}tr")
    assert [words_of(row.findall(f"{W}tc")[0]) for row in rows] == ["Suite", *names(number), "All suites"]


def test_it_lies_only_where_its_columns_do_not_fit_beside_one_another() -> None:
    report = annual_of(40)
    whole = arranged(report).annex
    assert whole
    assert whole.lies
    for block in report.blocks:
        if isinstance(block, Tabled) and block.extract:
            alone = arranged(replace(report, blocks=(block,))).annex
            assert alone
            assert not alone.lies
            (grid,) = alone.grids
            assert grid.name_cm + sum(grid.widths_cm) <= PAGE_CM + 0.01


def test_frozen_it_keeps_which_suites_it_shows_and_what_it_says_of_them() -> None:
    frozen = paper_from_json(paper_as_json(paper(200)))
    assert frozen == paper(200)
    assert [block.shown for block in frozen.blocks if isinstance(block, Tabled)] == [
        block.shown for block in paper(200).blocks if isinstance(block, Tabled)
    ]
    assert made(frozen, Form.HTML) == document(200, Form.HTML)
