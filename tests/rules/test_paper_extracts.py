"""Extracts: which of many suites stand in the body of an annual report, and what is said of the others."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits import Column, Kind, Row, Share, Table
from icv.rules.figures import SuiteFigures
from icv.rules.paper import Extract, PaperKind, Tabled
from icv.rules.paper.committee import committee
from icv.rules.paper.composing import live_blocks
from icv.rules.paper.extracts import LOWEST, MOST_SUITES, with_extracts
from icv.rules.paper.restating import differences
from icv.rules.paper.wording import Written
from icv.rules.scheme import Choices
from tests.papers.reports import annual_of, by_suite, name
from tests.rules.exhibits import made, of_may

visited = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda two: (min(two), max(two)))
schemes = st.lists(visited, max_size=45).map(
    lambda pairs: tuple(SuiteFigures(f"S{n:02}", whole, part) for n, (part, whole) in enumerate(pairs))
)


def tabled(suites: tuple[SuiteFigures, ...], key: str = "completion-by-suite") -> Tabled:
    rows = tuple(Row(one.suite, (Share(one.completed, one.scheduled),)) for one in suites)
    return Tabled(key, Table(key, "Visits, by suite", "Suite", (Column("Completed", Kind.SHARE),), rows))


def extract(*suites: SuiteFigures) -> Extract | None:
    (block,) = with_extracts((tabled(suites),), suites)
    assert isinstance(block, Tabled)
    return block.extract


def same(number: int, scheduled: int, completed: int, letter: str = "S") -> tuple[SuiteFigures, ...]:
    return tuple(SuiteFigures(f"{letter}{n:02}", scheduled, completed) for n in range(number))


@given(schemes.flatmap(lambda suites: st.tuples(st.just(suites), st.permutations(suites))))
def test_the_lowest_are_shown_in_their_order_and_nobody_is_left_out_of_the_count(
    drawn: tuple[tuple[SuiteFigures, ...], list[SuiteFigures]],
) -> None:
    suites, in_table = drawn
    block = tabled(tuple(in_table))
    (made_of_it,) = with_extracts((block,), suites)
    assert isinstance(made_of_it, Tabled)
    assert made_of_it.table == block.table, "the whole stays whole"
    ranks = {
        one.suite: (Fraction(one.completed, one.scheduled), one.suite) for one in suites if one.scheduled
    }
    if len(suites) <= MOST_SUITES or not ranks:
        assert made_of_it == block
        return
    shown = [row.name for row in made_of_it.shown.rows]
    assert shown == sorted(ranks, key=ranks.__getitem__)[:LOWEST]
    assert made_of_it.shown.total == block.table.total
    assert made_of_it.shown.caption.endswith(f"({len(shown)} of {len(suites)})")


@given(schemes)
def test_suites_alike_make_the_same_extract_whatever_else_is_told_of_them(
    suites: tuple[SuiteFigures, ...],
) -> None:
    first, second = with_extracts((tabled(suites), tabled(suites, "findings-by-suite")), suites)
    assert isinstance(first, Tabled)
    assert isinstance(second, Tabled)
    assert first.extract == second.extract


def test_shares_are_compared_exactly() -> None:
    """As decimals of a computer these two shares are one and the same."""
    great = 10**17
    lower, higher = SuiteFigures("Zeta", great + 1, great), SuiteFigures("Alpha", great, great - 1)
    assert lower.completed / lower.scheduled == higher.completed / higher.scheduled
    found = extract(*same(30, 1, 1), lower, higher)
    assert found
    assert found.rows[:2] == (31, 30)


@pytest.mark.parametrize(
    ("suites", "said"),
    [
        (
            same(10, 9, 1) + same(11, 9, 9, "T"),
            "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
            " eleven more are in Annex A.",
        ),
        (
            same(10, 9, 1) + same(200, 9, 9, "T"),
            "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
            " 200 more are in Annex A.",
        ),
        (
            same(10, 9, 1) + same(10, 9, 9, "T") + same(1, 0, 0, "U"),
            "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
            " eleven more, of which one had no visits scheduled and due, are in Annex A.",
        ),
        (
            same(21, 9, 9),
            "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
            " eleven more are in Annex A. Eleven of those have the same share as the last shown here.",
        ),
        (
            same(11, 2, 1) + same(11, 4, 3, "T"),
            "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
            " twelve more are in Annex A. One of those has the same share as the last shown here.",
        ),
        (
            same(1, 2, 1) + same(30, 0, 0, "U"),
            "Shown is the suite with the lowest share of scheduled visits completed;"
            " thirty more, of which thirty had no visits scheduled and due, are in Annex A.",
        ),
    ],
)
def test_the_sentence_says_how_many_more_there_are(suites: tuple[SuiteFigures, ...], said: str) -> None:
    found = extract(*suites)
    assert found
    assert found.words == said


def test_where_nothing_was_scheduled_nothing_is_the_lowest() -> None:
    assert extract(*same(40, 0, 0)) is None


def test_a_table_that_is_short_enough_stays_whole_beside_long_ones() -> None:
    suites = same(25, 4, 2)
    ten, eleven = tabled(suites[:10], "ten"), tabled(suites[:11], "eleven")
    long, short, middling = with_extracts((tabled(suites), ten, eleven), suites)
    assert [isinstance(one, Tabled) and one.extract is not None for one in (long, short, middling)] == [
        1,
        0,
        1,
    ]
    assert with_extracts((ten, eleven), suites) == (ten, eleven), "none is long"


@pytest.mark.parametrize("number", [1, 3, MOST_SUITES])
def test_the_report_of_a_small_scheme_tells_of_every_suite_where_it_tells_of_them(number: int) -> None:
    assert by_suite(annual_of(number))
    assert not any(isinstance(block, Tabled) and block.extract for block in annual_of(number).blocks)


def test_the_report_of_a_large_scheme_has_an_extract_of_each_table_by_suite_and_of_no_other() -> None:
    blocks = [block for block in annual_of(MOST_SUITES + 1).blocks if isinstance(block, Tabled)]
    assert [block.table.key for block in blocks if block.extract] == [
        *("completion-by-suite", "spread-suites"),
        *("entry-suites", "findings-by-suite"),
    ]
    for block in blocks:
        assert (block.extract is not None) == (block.table.corner == "Suite")
        assert len(block.shown.rows) == (LOWEST if block.extract else len(block.table.rows))


def test_columns_have_names_that_need_no_caption() -> None:
    extracts = [
        block.extract for block in annual_of(30).blocks if isinstance(block, Tabled) and block.extract
    ]
    headings = [heading for one in extracts for heading in one.headings]
    assert headings == [
        *("Scheduled visits completed", "Timeslots visited", "Visits at the weekend", "Visits at night"),
        *("Visits at times not known", "Waits over ten minutes", "Waits not known", "Entry refused"),
        "Findings raised",
    ]


def test_the_committee_paper_tells_of_every_suite() -> None:
    found = of_may(*same(40, 9, 8))
    blocks = committee(found.now, {"completion": made("completion", found)})
    assert not any(isinstance(block, Tabled) and block.extract for block in blocks)
    assert live_blocks(PaperKind.COMMITTEE, found, Choices())


def test_a_restatement_compares_suites_that_the_body_does_not_show() -> None:
    """The first suite was visited most of all: it is in the annex alone."""
    before, now = annual_of(40), annual_of(40)
    blocks = tuple(
        replace(block, table=_corrected(block.table)) if isinstance(block, Tabled) else block
        for block in now.blocks
    )
    differing = differences(before, blocks, before.counts).rows
    assert [row.name for row in differing] == [f"Scheduled visits completed, by suite: {name(10)}, completed"]


def _corrected(table: Table) -> Table:
    if table.key != "completion-by-suite":
        return table
    rows = [Row(row.name, (Share(49, 50),)) if row.name == name(10) else row for row in table.rows]
    return replace(table, rows=tuple(rows))


def test_a_table_that_is_left_out_leaves_the_others_as_they_are() -> None:
    left_out = Written("entry.table.entry-suites", is_left_out=True)
    keys = [
        block.table.key for block in annual_of(40, written=(left_out,)).blocks if isinstance(block, Tabled)
    ]
    assert "entry-suites" not in keys
    assert "findings-by-suite" in keys


def test_a_long_report_still_names_each_figure_that_it_shows() -> None:
    paper = annual_of(40)
    said = {key for table in by_suite(paper) for key in table.said}
    assert said <= {key for key, _ in paper.definitions}
