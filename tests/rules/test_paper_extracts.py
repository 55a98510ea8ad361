"""Extracts: which of many suites stand in the body of a paper, and what is said of the others."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits import Column, Kind, Order, Row, Share, Table
from icv.rules.paper import Extract, Tabled
from icv.rules.paper.extracts import MOST_SUITES, SHOWN, with_extracts
from icv.rules.paper.restating import differences
from icv.rules.paper.wording import Written
from icv.rules.words import number_in_words, sentence
from tests.papers.reports import annual_of, by_suite, committee_of, name

shares = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda two: Share(min(two), max(two)))
schemes = st.lists(shares, max_size=45).flatmap(
    lambda drawn: st.permutations([Row(f"S{n:02}", (share,)) for n, share in enumerate(drawn)])
)
LOWEST = Order("lowest", "share", "visits made", "had none to make")
HIGHEST = Order("highest", "number", "cells found cold", "had no cells")


def tabled(rows: Sequence[Row], order: Order | None = LOWEST, key: str = "t") -> Tabled:
    return Tabled(
        key, Table(key, "By suite", "Suite", (Column("Part", Kind.SHARE),), tuple(rows), order=order)
    )


def extract(rows: Sequence[Row], order: Order = LOWEST) -> Extract | None:
    (block,) = with_extracts((tabled(rows, order),))
    assert isinstance(block, Tabled)
    return block.extract


def same(number: int, part: int, whole: int, letter: str = "S") -> list[Row]:
    return [Row(f"{letter}{n:02}", (Share(part, whole),)) for n in range(number)]


def share_of(row: Row) -> Fraction | None:
    (cell,) = row.cells
    assert isinstance(cell, Share)
    return Fraction(cell.part, cell.whole) if cell.whole else None


@given(schemes, st.sampled_from((LOWEST, HIGHEST)))
def test_no_other_suite_stands_before_those_that_are_shown(rows: list[Row], order: Order) -> None:
    block = tabled(rows, order)
    (made_of_it,) = with_extracts((block,))
    assert isinstance(made_of_it, Tabled)
    assert made_of_it.table == block.table, "the whole stays whole"
    known = [row for row in rows if share_of(row) is not None]
    if len(rows) <= MOST_SUITES or not known:
        assert made_of_it == block
        return
    shown = made_of_it.shown.rows
    assert len(shown) == min(SHOWN, len(known))
    assert None not in map(share_of, shown), "of 0 of 0 nothing can be said"
    others = [row for row in known if row not in shown]
    for before, after in (*pairwise(shown), *((shown[-1], other) for other in others)):
        first, then = share_of(before), share_of(after)
        assert first is not None
        assert then is not None
        further = first < then if order is LOWEST else first > then
        assert further or (first == then and before.name < after.name)
    assert made_of_it.shown.total == block.table.total
    assert made_of_it.shown.caption.endswith(f"({len(shown)} of {len(rows)})")


@given(schemes, st.sampled_from((LOWEST, HIGHEST)))
def test_every_suite_is_counted_once_in_the_sentence(rows: list[Row], order: Order) -> None:
    found = extract(rows, order)
    if found is None:
        return
    last = share_of(rows[found.rows[-1]])
    without = [row for row in rows if share_of(row) is None]
    others = len(rows) - len(found.rows)
    alike = sum(share_of(row) == last for row in rows) - sum(
        share_of(rows[place]) == last for place in found.rows
    )
    assert f"; {number_in_words(others)} more" in found.words
    assert (order.without in found.words) == bool(without)
    if without and len(without) < others:
        assert f", of which {number_in_words(len(without))} {order.without}," in found.words
    assert ("as the last shown here" in found.words) == bool(alike)
    if alike:
        number = number_in_words(alike)
        have = (
            f"{number} of those {'has' if alike == 1 else 'have'}" if alike < others else f"all {number} have"
        )
        said = sentence(f"{have} the same {order.measure} as the last shown here")
        assert found.words.endswith(said)


@pytest.mark.parametrize(("order", "names"), [(LOWEST, ("Zeta", "Alpha")), (HIGHEST, ("Alpha", "Zeta"))])
def test_shares_are_compared_exactly(order: Order, names: tuple[str, str]) -> None:
    """As decimals of a computer these two shares are one and the same, and names would tell."""
    great = 10**17
    assert (great - 1) / great == great / (great + 1)
    pair = [Row(names[0], (Share(great - 1, great),)), Row(names[1], (Share(great, great + 1),))]
    found = extract([*pair, *same(30, int(order is LOWEST), 1)], order)
    assert found
    assert found.rows[:2] == ((0, 1) if order is LOWEST else (1, 0))


@pytest.mark.parametrize(
    ("rows", "order", "said"),
    [
        (
            same(10, 1, 9) + same(11, 9, 9, "T"),
            LOWEST,
            "Shown are the ten suites with the lowest share of visits made, the lowest first;"
            " eleven more are in Annex A.",
        ),
        (
            same(200, 1, 9) + same(10, 9, 9, "T"),
            HIGHEST,
            "Shown are the ten suites with the highest number of cells found cold, the highest first;"
            " 200 more are in Annex A.",
        ),
        (
            same(10, 1, 9) + same(10, 9, 9, "T") + same(1, 0, 0, "U"),
            LOWEST,
            "Shown are the ten suites with the lowest share of visits made, the lowest first;"
            " eleven more, of which one had none to make, are in Annex A.",
        ),
        (
            same(21, 9, 9),
            HIGHEST,
            "Shown are the ten suites with the highest number of cells found cold, the highest first;"
            " eleven more are in Annex A. All eleven have the same number as the last shown here.",
        ),
        (
            same(11, 1, 2) + same(11, 3, 4, "T"),
            LOWEST,
            "Shown are the ten suites with the lowest share of visits made, the lowest first;"
            " twelve more are in Annex A. One of those has the same share as the last shown here.",
        ),
        (
            same(1, 1, 2) + same(30, 0, 0, "U"),
            LOWEST,
            "Shown is the suite with the lowest share of visits made;"
            " thirty more, which had none to make, are in Annex A.",
        ),
    ],
)
def test_the_sentence_says_in_which_order_and_how_many_more(rows: list[Row], order: Order, said: str) -> None:
    found = extract(rows, order)
    assert found
    assert found.words == said


def test_where_nothing_can_be_said_of_any_suite_the_table_stays_whole() -> None:
    assert extract(same(40, 0, 0)) is None


def test_a_table_that_is_short_enough_stays_whole_beside_long_ones() -> None:
    rows = same(25, 2, 4)
    ten, eleven, of_teams = tabled(rows[:10]), tabled(rows[:11]), tabled(rows, None)
    long, *others = with_extracts((tabled(rows), ten, eleven, of_teams))
    assert isinstance(long, Tabled)
    assert long.extract
    assert [isinstance(one, Tabled) and one.extract is not None for one in others] == [False, True, False]
    assert with_extracts((ten, eleven, of_teams)) == (ten, eleven, of_teams), "none of suites is long"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (11, "; one more is in Annex A. It has the same share as"),
        (12, "; two more are in Annex A. Both have the same share as"),
        (13, "; three more are in Annex A. All three have the same share as"),
    ],
)
def test_one_suite_more_than_are_shown_is_told_of_as_one_and_two_as_both(number: int, said: str) -> None:
    (_, last) = with_extracts((tabled(same(25, 2, 4)), tabled(same(number, 2, 4))))
    assert isinstance(last, Tabled)
    assert last.extract
    assert said in last.extract.words


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
        assert len(block.shown.rows) == (SHOWN if block.extract else len(block.table.rows))


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


def test_each_table_has_the_suites_that_matter_most_for_it() -> None:
    """Of each it says which, and nobody need know of the others to understand it."""
    paper = annual_of(40)
    shown = {block.table.key: block.shown for block in paper.blocks if isinstance(block, Tabled)}
    firsts = {key: [row.name for row in table.rows[:3]] for key, table in shown.items()}
    assert firsts["completion-by-suite"] == [name(place) for place in (9, 19, 29)]
    assert firsts["spread-suites"] == [name(place) for place in (11, 22, 33)]
    assert firsts["entry-suites"] == [name(place) for place in (12, 25, 38)]
    assert firsts["findings-by-suite"] == [name(place) for place in (17, 34, 1)]
    notes = {key: table.note for key, table in shown.items()}
    assert notes["completion-by-suite"] == (
        "Shown are the ten suites with the lowest share of scheduled visits completed, the lowest first;"
        " thirty more, of which five had no visits scheduled and due, are in Annex A."
    )
    assert notes["spread-suites"] == (
        "Shown are the ten suites with the lowest share of timeslots visited, the lowest first;"
        " thirty more are in Annex A. Two of those have the same share as the last shown here."
    )
    assert notes["entry-suites"] == (
        "Shown are the ten suites with the highest share of waits of more than ten minutes, the highest"
        " first; twenty-nine more, of which four had no visit with a known wait, are in Annex A."
    )
    assert notes["findings-by-suite"] == (
        "Shown are the ten suites with the highest number of findings raised, the highest first;"
        " twenty-nine more are in Annex A."
    )


def test_the_committee_paper_of_many_suites_is_as_short_as_that_of_few() -> None:
    paper = committee_of(200)
    extracts = [block.table.key for block in paper.blocks if isinstance(block, Tabled) and block.extract]
    assert extracts == ["completion-by-suite"]
    few, many = (
        sum(len(block.shown.rows) for block in one.blocks if isinstance(block, Tabled))
        for one in (committee_of(SHOWN), paper)
    )
    assert many == few
    whole = committee_of(MOST_SUITES)
    assert not any(isinstance(block, Tabled) and block.extract for block in whole.blocks)


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
