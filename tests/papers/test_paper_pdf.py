"""The paper as a PDF: what it claims of itself, what is read aloud, and that nothing runs off a page."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from icv.papers.panel import Form, made
from icv.rules.paper import Heading, Paragraph, Tabled
from tests.papers.examples import ANNUAL, EMPTY, LONG, PAPER, STRANGE, completion
from tests.papers.pdf import Pdf

MADE: dict[str, Pdf] = {}
PAPERS = {"committee": PAPER, "annual": ANNUAL, "strange": STRANGE, "empty": EMPTY}


def pdf(name: str) -> Pdf:
    if name not in MADE:
        MADE[name] = Pdf(made(PAPERS[name], Form.PDF))
    return MADE[name]


def words(paper: Pdf) -> str:
    return " ".join(paper.text.split())


@pytest.mark.parametrize("name", ["committee", "annual", "strange"])
def test_it_can_be_read_aloud(name: str) -> None:
    assert pdf(name).claims_ua
    assert pdf(name).language == "en-GB"
    assert pdf(name).roles.count("H1") == 1


def test_its_parts_are_tagged_as_what_they_are() -> None:
    roles = pdf("committee").roles
    assert pdf("committee").title == PAPER.title
    assert roles.count("H2") == 6
    assert roles.count("Table") == 3
    assert roles.count("TH") == 4 + 6 + 4
    assert roles.count("TD") == (4 * 4) + (7 * 6) + (4 * 4)
    assert roles.count("Caption") == 4
    assert roles.count("LI") == 5
    assert roles.count("Figure") == 1


def test_a_picture_says_what_it_shows() -> None:
    said = re.findall(rb"/Alt\s*\(((?:\\.|[^\\()])*)\)", pdf("committee").all)
    assert b"Each suite had six of six visits completed." in said


def test_the_marking_and_the_number_stand_on_every_page() -> None:
    text = pdf("annual").text
    pages = pdf("annual").pages
    assert pages > 1
    assert len(re.findall(r"^OFFICIAL$", text, re.MULTILINE)) == 2 * pages + 1, "and once among the details"
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in " ".join(text.split())


def test_it_is_read_in_the_order_of_the_page() -> None:
    """The words of the page below its details, each in its turn."""
    page = html5lib.parse(made(PAPER, Form.HTML).decode(), namespaceHTMLElements=False)
    said = iter(words(pdf("committee")).split())
    for element in (one for one in page.iter() if one.tag in {"h2", "li", "figcaption", "caption"}):
        for word in " ".join(element.itertext()).split():
            assert word in said, f"{word} of “{''.join(element.itertext())}” does not follow"


def test_the_annual_report_begins_with_its_contents() -> None:
    assert "TOC" in pdf("annual").roles
    assert "TOC" not in pdf("committee").roles
    said = words(pdf("annual"))
    assert said.index("Contents") < said.index("How to join") < said.rindex("How to join")


def test_a_table_longer_than_a_page_begins_where_the_page_has_room() -> None:
    """Held together with its notes it left the page before it empty; they followed on another anyway."""
    suites = tuple(f"Suite {number}" for number in range(1, 91))
    made_of_it = Pdf(made(replace(PAPER, blocks=(Tabled("long", completion(suites)),)), Form.PDF))
    first = made_of_it.text.partition("Page 1 of 3")[0]
    assert "Suite 1\n" in first
    assert "Suite 90\n" not in first


def test_nothing_runs_off_the_page_whatever_it_is_called() -> None:
    for name in ("strange", "annual"):
        lefts = pdf(name).lefts
        assert min(lefts) >= 55
        assert max(lefts) < 595 - 56
    assert LONG in "".join(pdf("strange").text.split())


def test_what_people_typed_is_words_and_nothing_else() -> None:
    said = words(pdf("strange"))
    assert "<script>alert(1)</script>" in said
    assert "{{ 7 * 7 }} {% raw %}" in said
    assert '#read("/etc/passwd") *b* $y$ `z` <label> // no' in said
    assert "root:" not in said


def test_a_letter_that_no_font_has_is_shown_as_a_mark_and_the_paper_is_made() -> None:
    strange = replace(
        PAPER, blocks=(Heading("h", "Cuneiform \U00012000 and \U0001fae8"), Paragraph("p", "\U00012001."))
    )
    assert "Cuneiform" in words(Pdf(made(strange, Form.PDF)))


def test_a_paper_with_nothing_in_it_is_still_one() -> None:
    """A document must have a title to be read aloud."""
    assert pdf("empty").claims_ua
    assert "End of the paper" in words(pdf("empty"))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert made(ANNUAL, Form.PDF) == made(ANNUAL, Form.PDF)
    assert b"2024-02-03" in Pdf(made(PAPER, Form.PDF)).all


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
@pytest.mark.parametrize("name", ["annual", "strange"])
def test_another_reader_reads_it_too(name: str, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(made(PAPERS[name], Form.PDF))
    done = subprocess.run(
        ["pdftotext", "-bbox", "paper.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    rights = [float(right) for right in re.findall(r'<word [^>]*xMax="([\d.]+)"', done.stdout)]
    assert len(rights) > 100
    assert max(rights) <= 595.3 - 56 + 1, "beyond the right margin"
