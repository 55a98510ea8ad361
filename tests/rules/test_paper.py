"""The document of a panel paper: its sections, numbers and keys, and the words written over the figures."""

from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.exhibits import Column, Drawing, Exhibit, Picture, Row, Share, Table
from icv.rules.figures import Figures, SuiteFigures, VisitFigures, definitions
from icv.rules.paper import Heading, Paper, PaperKind, Paragraph, Pictured, Restated, Tabled
from icv.rules.paper.annual import PROMPTS, annual
from icv.rules.paper.committee import committee
from icv.rules.paper.composing import composed
from icv.rules.paper.document import Block
from icv.rules.paper.head import usual_head
from icv.rules.paper.naming import figure_name
from icv.rules.paper.restating import IN_VETTING, Earlier, differences, with_differences
from icv.rules.paper.wording import AHEAD, OWN, Standing, Written, kept, next_own, placed, unsettled
from icv.rules.scheme import Choices

PERIOD = Period(date(2023, 12, 1), date(2024, 1, 31))
TODAY = date(2024, 2, 14)
KEYS = ("completion", "compared", "spread", "findings", "replies", "recruitment", "visitors", "strands")


def found(*suites: tuple[str, int, int], period: Period = PERIOD) -> Any:
    """As much of what a panel reads as a document asks for. Of each suite: name, completed, scheduled."""
    now = Figures(
        period,
        VisitFigures(scheduled=sum(one[2] for one in suites), completed=sum(one[1] for one in suites)),
        tuple(SuiteFigures(name, scheduled, completed) for name, completed, scheduled in suites),
    )
    return SimpleNamespace(now=now, as_of=TODAY, choices=Choices())


def table(key: str, *rows: tuple[str, int, int], said: tuple[str, ...] = ()) -> Table:
    return Table(
        key,
        f"Visits, {key}",
        "Suite",
        (Column("Completed"),),
        tuple(Row(name, (Share(part, whole),)) for name, part, whole in rows),
        said=said,
    )


exhibits_made = st.dictionaries(
    st.sampled_from(KEYS),
    st.tuples(st.booleans(), st.integers(0, 3), st.booleans()),
).map(
    lambda shapes: {
        key: Exhibit(
            key,
            key,
            words=("One visit.", "Two visits.") if has_words else (),
            drawings=tuple(Drawing(Picture.BARS, key, f"{key}-1", (("North", 1),)) for _ in range(tables)),
            tables=tuple(
                table(f"{key}-{number}", *((("North", 1, 2),) if has_rows else ()))
                for number in range(tables)
            ),
        )
        for key, (has_words, tables, has_rows) in shapes.items()
    }
)
written_over = st.lists(
    st.builds(
        Written,
        block=st.sampled_from(
            ("summary.happened", "completion.words", "section.visits", "foreword.words", "gone.words")
        ),
        words=st.sampled_from(("", "Mine.")),
        live=st.sampled_from(("", "As it was.")),
        is_left_out=st.booleans(),
    ),
    unique_by=lambda one: one.block,
)
own_paragraphs = st.lists(
    st.sampled_from(("summary.happened", "own.1", "section.visits", "nowhere")), max_size=4
).map(lambda places: [Written(f"{OWN}{n}", "Own.", after=place) for n, place in enumerate(places, 1)])


def check(blocks: tuple[Block, ...]) -> None:
    assert max(Counter(block.key for block in blocks).values(), default=1) == 1, "each key once"
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            assert following is not None, "no heading ends the paper"
            assert not isinstance(following, Heading), f"nothing stands under {block.text}"
        if isinstance(block, Paragraph):
            assert block.text.strip()


@given(exhibits_made, written_over, own_paragraphs, st.sampled_from(PaperKind))
def test_no_heading_is_empty_and_every_key_is_there_once_whatever_was_written(
    shown: dict[str, Exhibit], written: list[Written], own: list[Written], kind: PaperKind
) -> None:
    now = found(("North", 1, 2)).now
    blocks = committee(now, shown) if kind is PaperKind.COMMITTEE else annual(now, shown, Choices())
    drafted = placed(blocks, [*written, *own])
    check(kept(drafted))
    numbers = [one.number for one in drafted if one.number is not None]
    assert numbers == list(range(AHEAD + 1, AHEAD + len(numbers) + 1))
    paragraphs = [block for block in kept(drafted) if isinstance(block, Paragraph)]
    assert len(paragraphs) == len(numbers), "what is numbered is what stays"


@given(exhibits_made, written_over, own_paragraphs)
def test_nobodys_words_are_lost_without_a_word(
    shown: dict[str, Exhibit], written: list[Written], own: list[Written]
) -> None:
    drafted = placed(committee(found().now, shown), [*written, *own])
    there = Counter(one.key for one in drafted)
    for one in (*written, *own):
        if one.words:
            assert there[one.block] == 1, f"{one.block} is not in the draft"


def test_definitions_are_said_once_and_only_of_what_is_shown() -> None:
    figures = found(("North", 16, 17))
    head = usual_head(PaperKind.COMMITTEE, PERIOD, author="A. Writer", dated_on=TODAY, choices=Choices())
    said = ("visits.scheduled", "visits.completion_percent")
    shown = Exhibit("completion", "C", tables=(table("by-suite", ("North", 16, 17), said=said),))
    blocks = committee(figures.now, {"completion": shown})
    names = [
        name for name, _ in composed(PaperKind.COMMITTEE, head, figures, blocks, named=Choices()).definitions
    ]
    assert len(names) == len(set(names))
    assert "visits.completion_percent" in names
    tables = [block for block in blocks if isinstance(block, Tabled)]
    only = [
        name for name, _ in composed(PaperKind.COMMITTEE, head, figures, tables, named=Choices()).definitions
    ]
    assert "volunteers.applications" not in only
    assert "visits.scheduled" in only


def test_every_figure_has_a_name_that_is_no_key() -> None:
    names = {key: figure_name(key) for key in definitions(Choices())}
    assert len(set(names.values())) == len(names)
    for key, name in names.items():
        assert name[0].isupper(), key
        assert "_" not in name, key
        assert "." not in name, key


LIVE = (
    Heading("section.a", "A"),
    Paragraph("a.words", "Three visits."),
    Heading("section.b", "B"),
    Paragraph("b.words", ""),
)


def standing(*written: Written) -> dict[str, Standing]:
    return {one.key: one.standing for one in placed(LIVE, written)}


def test_an_edited_sentence_whose_figures_changed_is_pointed_out() -> None:
    assert standing()["a.words"] is Standing.LIVE
    edited = Written("a.words", "Three good visits.", "Three visits.")
    assert standing(edited)["a.words"] is Standing.EDITED
    behind = Written("a.words", "Two good visits.", "Two visits.")
    (one,) = unsettled(placed(LIVE, [behind]))
    assert (one.live, one.written, one.block) == (
        "Three visits.",
        behind,
        Paragraph("a.words", "Two good visits."),
    )


def test_words_over_a_sentence_that_is_no_more_wait_at_the_end() -> None:
    drafted = placed(LIVE, [Written("gone.words", "My words.", "As it was.")])
    assert drafted[-1].block == Paragraph("gone.words", "My words.")
    assert drafted[-1].standing is Standing.CHANGED


def test_leaving_out_a_heading_leaves_out_its_section_and_what_was_added_there() -> None:
    drafted = placed(
        LIVE,
        [
            Written("section.a", is_left_out=True),
            Written("own.1", "Mine.", after="a.words"),
            Written("b.words", "Written."),
        ],
    )
    assert [block.key for block in kept(drafted)] == ["section.b", "b.words"]


def test_an_own_paragraph_follows_its_place_the_latest_nearest() -> None:
    written = [
        Written("own.1", "First.", after="a.words"),
        Written("own.2", "Second.", after="a.words"),
        Written("own.3", "After the first.", after="own.1"),
    ]
    keys = [one.key for one in placed(LIVE, written)]
    assert keys == ["section.a", "a.words", "own.2", "own.1", "own.3", "section.b", "b.words"]
    assert next_own(written) == "own.4"
    assert next_own([]) == "own.1"


def test_added_paragraphs_whose_place_is_gone_stand_by_number() -> None:
    written = [Written(f"own.{number}", "W", after="gone.words") for number in (10, 2, 1)]
    written.append(Written("gone.words", "W"))
    keys = [one.key for one in placed((), written)]
    assert keys == ["gone.words", "own.1", "own.2", "own.10"]


def test_what_nobody_can_count_waits_with_a_prompt_and_is_left_out_until_written() -> None:
    blocks = annual(found(("North", 1, 1)).now, {}, Choices())
    waiting = {one.key for one in placed(blocks, ()) if one.standing is Standing.TO_WRITE}
    assert waiting == set(PROMPTS)
    assert "Foreword" not in [block.text for block in kept(placed(blocks, ())) if isinstance(block, Heading)]
    written = kept(placed(blocks, [Written("foreword.words", "A good year.")]))
    assert written[:2] == (
        Heading("section.foreword", "Foreword"),
        Paragraph("foreword.words", "A good year."),
    )


@pytest.mark.parametrize(
    ("visited", "spared", "said"),
    [
        (0, 0, "No visits to a custody suite were scheduled and due."),
        (0, 2, "were scheduled and due. Two suites on record had none: S1 and S2."),
        (2, 1, "scheduled to two custody suites: V1 and V2. One other suite on record had none: S1."),
        (21, 0, "scheduled to twenty-one custody suites."),
        (1, 30, "scheduled to one custody suite: V1. Thirty other suites on record had none."),
    ],
)
def test_an_annual_report_names_its_suites_unless_their_names_would_fill_a_page(
    visited: int, spared: int, said: str
) -> None:
    suites = [(f"V{one}", 1, 1) for one in range(1, visited + 1)]
    suites += [(f"S{one}", 0, 0) for one in range(1, spared + 1)]
    blocks = annual(found(*suites).now, {}, Choices())
    text = next(one.text for one in blocks if isinstance(one, Paragraph) and one.key == "estate.words")
    assert text.endswith(said)


def earlier_paper(*rows: tuple[str, int, int]) -> Earlier:
    head = usual_head(PaperKind.COMMITTEE, PERIOD, author="A", dated_on=TODAY, choices=Choices())
    blocks = (Tabled("completion.table.by-suite", table("by-suite", *rows)),)
    paper: Paper = composed(PaperKind.COMMITTEE, head, found(), blocks, named=Choices())
    return Earlier(Restated("2024-P1", TODAY, "0" * 64, "two reports came late"), paper)


def test_a_restatement_shows_each_figure_that_differs_both_ways() -> None:
    now = (Tabled("completion.table.by-suite", table("by-suite", ("North", 2, 4), ("West", 1, 1))),)
    earlier = earlier_paper(("North", 1, 4), ("South", 3, 3))
    rows = {row.name: row.cells for row in differences(earlier.paper, now, earlier.paper.counts).rows}
    assert rows == {
        "Visits, by-suite: North, completed": ("25.0% (1 of 4)", "50.0% (2 of 4)"),
        "Visits, by-suite: West, completed": ("not shown", "100.0% (1 of 1)"),
        "Visits, by-suite: South, completed": ("100.0% (3 of 3)", "not shown"),
    }
    heading, words, *_ = with_differences(now, earlier.paper.counts, earlier)
    assert heading.text == "What has changed since 2024-P1"  # type: ignore[union-attr]
    assert words.text == (  # type: ignore[union-attr]
        "This paper restates 2024-P1, sent on 14 February 2024. Two reports came late. Three figures differ."
    )


def test_a_table_of_one_suite_is_compared_with_that_suites_however_it_is_keyed_now() -> None:
    def week(key: str, suite: str, part: int) -> Tabled:
        shown = replace(table(key, (suite, part, 9)), caption=f"Visits, {suite}")
        return Tabled(f"spread.table.{key}", shown)

    head = usual_head(PaperKind.COMMITTEE, PERIOD, author="A", dated_on=TODAY, choices=Choices())
    was = (week("spread-1", "East", 1), week("spread-2", "West", 2), week("other", "Old words", 3))
    paper = composed(PaperKind.COMMITTEE, head, found(), was, named=Choices())
    now = (
        week("spread-1", "Brook", 5),
        week("spread-2", "East", 1),
        week("spread-3", "West", 3),
        week("other", "New words", 3),
    )
    names = [row.name for row in differences(paper, now, paper.counts).rows]
    assert [name for name in names if "East" in name] == []
    assert "Visits, West: West, completed" in names
    assert "Visits, New words: New words, completed" in names, "worded anew, it is the same table"
    assert not any("Brook" in name for name in names), "nothing was reported of it"


def test_a_restatement_names_the_tables_that_only_one_of_the_papers_has() -> None:
    def shown(*suites: str) -> tuple[Tabled, ...]:
        tables = [replace(table(name, (name, 1, 9)), caption=f"Days at {name}") for name in suites]
        return tuple(Tabled(f"spread.table.{one.key}", one) for one in tables)

    earlier = earlier_paper()
    was = replace(earlier, paper=replace(earlier.paper, blocks=shown("East", "West")))
    words = str(with_differences(shown("East", "Brook", "Hill"), earlier.paper.counts, was)[1])
    assert "No figure that both papers have differs." in words
    assert (
        "Two tables made of the records now were not in 2024-P1: “Days at Brook” and “Days at Hill”." in words
    )
    assert "One table of 2024-P1 is not made of the records now: “Days at West”." in words
    many = str(with_differences(shown("East", "West", *"ABCDEFGHI"), earlier.paper.counts, was)[1])
    assert "“Days at E”, “Days at F” and three more." in many
    assert "not made" not in many


def test_what_an_earlier_restatement_showed_both_ways_is_no_table_that_is_gone() -> None:
    earlier = earlier_paper(("North", 1, 4))
    now = (Tabled("completion.table.by-suite", table("by-suite", ("North", 2, 4))),)
    second = with_differences(now, earlier.paper.counts, earlier)
    again = replace(earlier, paper=replace(earlier.paper, blocks=second))
    assert "No figure differs." in str(with_differences(now, earlier.paper.counts, again)[1])


def test_a_restatement_shows_who_was_in_vetting_though_no_table_does() -> None:
    earlier = earlier_paper()
    counts = {**earlier.paper.counts, IN_VETTING: 3}
    assert [(row.name, row.cells) for row in differences(earlier.paper, (), counts).rows] == [
        ("People in vetting at the period’s end", ("0", "3"))
    ]
    long_ago = replace(earlier.paper, counts={"findings": 0})
    assert not differences(long_ago, (), counts).rows, "it did not say"


def test_a_restatement_of_a_paper_without_tables_tells_of_other_counts() -> None:
    """Nothing was in its period: no figure of now stands beside one of then."""
    paper = replace(earlier_paper().paper, blocks=())
    counts = {**paper.counts, "visits attempted": 2}
    now = (Tabled("completion.table.by-suite", table("by-suite", ("North", 2, 2))),)
    assert [(row.name, row.cells) for row in differences(paper, now, counts).rows] == [
        ("Records counted: visits attempted", ("0", "2"))
    ]


def test_a_restatement_tells_of_counts_where_the_table_of_them_is_gone() -> None:
    """Every visit was cancelled, and the visitors' table stands in both papers."""
    visitors = Tabled("visitors.table.members", table("members", ("Members", 1, 2)))
    shares = Tabled("completion.table.by-suite", table("by-suite", ("North", 2, 2)))
    earlier = earlier_paper()
    counts = {**earlier.paper.counts, "visits attempted": 3}
    paper = replace(earlier.paper, blocks=(visitors, shares), counts=counts)
    now = {**counts, "visits attempted": 0}
    assert [(row.name, row.cells) for row in differences(paper, (visitors,), now).rows] == [
        ("Records counted: visits attempted", ("3", "0"))
    ]
    assert not differences(paper, (visitors, shares), now).rows, "the table that both have tells of it"


def test_changes_that_follow_from_the_figures_are_not_told_beside_them() -> None:
    def compared(now: int) -> Tabled:
        columns = (Column("This period"), Column("Change"), Column("Change in per cent"))
        shown = Table(
            "compared", "Compared", "Counted", columns, (Row("Visits made", (now, now - 1, 50.0 * now)),)
        )
        return Tabled("compared.table.compared", shown)

    earlier = earlier_paper()
    paper = replace(earlier.paper, blocks=(compared(1),))
    names = [row.name for row in differences(paper, (compared(2),), paper.counts).rows]
    assert names == ["Compared: Visits made, this period"]


def test_a_restatement_where_nothing_differs_says_so_without_a_table() -> None:
    now = (Tabled("completion.table.by-suite", table("by-suite", ("North", 1, 4))),)
    earlier = earlier_paper(("North", 1, 4))
    blocks = with_differences(now, earlier.paper.counts, earlier)
    assert "No figure differs." in str(blocks)
    assert len(blocks) == 3


def test_a_picture_stands_only_beside_the_table_that_says_the_same() -> None:
    drawing = Drawing(Picture.BARS, "Bars", "elsewhere", (("North", 1),))
    shown = {"completion": Exhibit("completion", "C", drawings=(drawing,), tables=(table("t", ("N", 1, 1)),))}
    assert not [block for block in committee(found().now, shown) if isinstance(block, Pictured)]
