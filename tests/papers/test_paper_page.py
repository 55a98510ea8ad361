"""The paper as a page that stands alone: what it says, and that machines and screen readers can read it."""

import re
from datetime import date
from typing import Any

import html5lib

from icv.papers.panel import Form, html_fragment, made
from icv.rules.paper import Paper, Restated
from icv.rules.paper.restating import Earlier, with_differences
from tests.papers.examples import ANNUAL, PAPER, STRANGE


def page_of(paper: Paper) -> Any:
    """Raises where it is not valid HTML 5."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(made(paper, Form.HTML).decode())


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_its_title_begins_with_its_heading_and_it_is_in_british_english() -> None:
    page = page_of(PAPER)
    assert words(page.find(".//title")).startswith(words(page.find(".//h1")))
    assert words(page.find(".//h1")) == PAPER.title
    assert page.get("lang") == "en-GB"


def test_the_summary_and_nothing_else_stands_in_one_element() -> None:
    summaries = page_of(PAPER).findall(".//*[@data-icv='summary']")
    assert [words(summary) for summary in summaries] == [
        "Eighteen visits were undertaken. Twenty-seven applications were received."
    ]


def test_summary_paragraphs_that_stood_apart_are_brought_together() -> None:
    blocks = PAPER.blocks
    apart = blocks[:2] + blocks[3:] + blocks[2:3]
    scattered = page_of(replaced(blocks=apart))
    assert len(scattered.findall(".//*[@data-icv='summary']")) == 1
    assert "Twenty-seven applications" in words(scattered.find(".//*[@data-icv='summary']"))


def test_the_marking_stands_at_the_head_and_at_the_foot() -> None:
    body = list(page_of(PAPER).find("body"))
    assert words(body[0]) == words(body[-1]) == "OFFICIAL"


def test_paragraphs_are_numbered_on_from_one_to_the_next() -> None:
    page = page_of(PAPER)
    lists = page.findall(".//ol[@class='icv-paper-words']")
    assert [(int(one.get("start")), len(one)) for one in lists] == [(1, 1), (2, 1), (3, 2), (5, 1)]


def test_a_picture_is_drawn_and_its_table_stands_beneath() -> None:
    page = page_of(PAPER)
    elements = [element.tag for element in page.find(".//main/div") if element.tag in {"figure", "table"}]
    assert elements[:2] == ["figure", "table"]
    drawing = page.find(".//figure/{*}svg")
    assert "6 of 6" in words(drawing.find("{*}desc"))
    assert words(page.find(".//figcaption")).startswith("Figure 1: Visits completed")


def test_each_cell_of_a_table_has_its_heads() -> None:
    for table in page_of(PAPER).findall(".//table"):
        assert words(table.find("caption"))
        assert {head.get("scope") for head in table.findall("./thead//th")} == {"col"}
        rows = table.findall("./tbody/tr") + table.findall("./tfoot/tr")
        assert {(row[0].tag, row[0].get("scope")) for row in rows} == {("th", "row")}
        assert len({len(row) for row in rows + table.findall("./thead/tr")}) == 1


def test_each_definition_is_printed_once() -> None:
    said = words(page_of(PAPER))
    for _, meaning in PAPER.definitions:
        assert said.count(meaning) == 1


def test_the_annual_report_has_contents_that_lead_somewhere_and_the_committee_paper_none() -> None:
    page = page_of(ANNUAL)
    anchors = [link.get("href").removeprefix("#") for link in page.findall(".//nav//a")]
    headed = {head.get("id"): words(head) for head in page.findall(".//h2")}
    assert [headed[anchor] for anchor in anchors][-4:-1] == ["Foreword", "The scheme", "How to join"]
    assert page_of(PAPER).find(".//nav") is None


def test_a_restatement_says_at_the_top_what_it_corrects_and_at_its_end_by_what_that_is_known() -> None:
    said = words(page_of(STRANGE))
    assert (
        "corrects ICV-2023-09 of 1 October 2023, which stays as it was sent. Why: A visit was counted" in said
    )
    digest = "The digest (SHA-256) of ICV-2023-09 is " + "a" * 64
    assert said.index(digest) > said.index(words(page_of(STRANGE).findall(".//table")[-1]))


def test_a_restatement_gives_its_reason_once() -> None:
    """In the paragraph of what has changed, unless somebody wrote other words there."""
    reason = "two reports came late"
    earlier = Earlier(Restated("2024-P1", date(2024, 2, 14), "0" * 64, reason), PAPER)
    blocks = with_differences(PAPER.blocks, PAPER.counts, earlier)
    for shown in (blocks, PAPER.blocks):
        said = words(page_of(replaced(blocks=shown, restated=earlier.restated)))
        assert said.casefold().count(reason) == 1


def test_a_draft_says_that_it_is_one() -> None:
    assert "None: this is a draft" in words(page_of(replaced(reference="")))


def test_what_people_typed_is_words_and_nothing_else() -> None:
    page = page_of(STRANGE)
    assert page.find(".//script") is None
    assert not [element for element in page.iter() if any(name.startswith("on") for name in element.attrib)]
    assert "<script>alert(1)</script>" in words(page)


def test_the_fragment_is_what_the_page_holds() -> None:
    fragment = html_fragment(PAPER)
    assert fragment in made(PAPER, Form.HTML).decode()
    assert "<h1" not in fragment
    assert not re.search(r"\sstyle=|<style", fragment)


def replaced(**changes: Any) -> Paper:
    return Paper(**{name: getattr(PAPER, name) for name in PAPER.__slots__} | changes)
