"""A paper written down as JSON reads back as it was; what is no paper is refused in words."""

import json
from typing import Any

import pytest
from hypothesis import given

from icv.rules.digests import digest_of
from icv.rules.paper import Paper
from icv.rules.paper.written import PaperUnreadable, paper_as_json, paper_from_json
from tests.papers.examples import PAPER, PAPERS

TABLE = next(block for block in paper_as_json(PAPER)["blocks"] if block["is"] == "table")


@given(PAPERS)
def test_any_paper_reads_back_as_it_was(paper: Paper) -> None:
    written = json.dumps(paper_as_json(paper), ensure_ascii=False)
    assert paper_from_json(json.loads(written)) == paper


@given(PAPERS)
def test_written_again_it_is_the_same_to_the_letter(paper: Paper) -> None:
    written = json.dumps(paper_as_json(paper))
    again = paper_as_json(paper_from_json(json.loads(written)))
    assert json.dumps(again) == written
    assert digest_of(again) == digest_of(json.loads(written))


def test_a_table_without_an_extract_is_written_as_tables_always_were() -> None:
    written = [block for block in paper_as_json(PAPER)["blocks"] if block["is"] == "table"]
    assert {tuple(block) for block in written} == {("is", "key", "table")}


def test_its_keys_stand_in_the_order_in_which_it_is_read() -> None:
    assert " ".join(paper_as_json(PAPER)) == (
        "format kind title scheme office period as_of dated_on author marking reference restated"
        " purpose asked blocks definitions counts"
    )


@pytest.mark.parametrize("format_number", [2, None, "1"])
def test_a_format_of_a_later_version_is_refused_by_its_number(format_number: object) -> None:
    with pytest.raises(PaperUnreadable, match=f"format {format_number}; this version reads format 1"):
        paper_from_json(paper_as_json(PAPER) | {"format": format_number})


@pytest.mark.parametrize(
    "wrong",
    [
        {"blocks": [{"is": "poem", "key": "x"}]},
        {"blocks": ["a paragraph"]},
        {"period": {"from": "2024-02-01", "to": "2024-01-01"}},
        {"dated_on": "12/02/2024"},
        {"dated_on": None},
        {"counts": 3},
        {"blocks": [TABLE | {"extract": {"rows": [3], "words": "", "headings": ["", "", ""]}}]},
        {"blocks": [TABLE | {"extract": {"rows": [-1], "words": "", "headings": ["", "", ""]}}]},
        {"blocks": [TABLE | {"extract": {"rows": [0], "words": "", "headings": [""]}}]},
        {"blocks": [TABLE | {"extract": {"rows": [0]}}]},
    ],
)
def test_what_is_no_paper_is_refused_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(PaperUnreadable, match="not a panel paper as one is kept"):
        paper_from_json(paper_as_json(PAPER) | wrong)
