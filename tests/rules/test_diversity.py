"""Visitors' diversity beside the county: nobody can be worked out from what is shown."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits import Exhibit, Hidden, Picture, Share, Table
from icv.rules.exhibits.diversity import diversity_shown
from icv.rules.figures.definitions import definitions
from icv.rules.figures.diversity import HEADINGS, Diversity, InOffice, faults, may_be_shown
from icv.rules.monitoring import QUESTIONS
from icv.rules.scheme import Choices

DAY = date(2026, 3, 1)
BY_NAME = {question.name: question for question in QUESTIONS}


def counted(
    visitors: dict[str, dict[str, int]], county: dict[str, dict[str, int]] | None = None, **more: object
) -> Diversity:
    members = more.pop("members", 40)
    return Diversity(DAY, members, "Census 2021", visitors, county or {}, **more)  # type: ignore[arg-type]


def table_of(exhibit: Exhibit, question: str) -> Table | None:
    return next((one for one in exhibit.tables if one.key == f"diversity-{question}"), None)


def test_ours_stands_beside_the_county() -> None:
    exhibit = diversity_shown(
        counted({"sex": {"female": 15, "male": 9}}, {"sex": {"female": 506, "male": 494}}), 4
    )
    table = table_of(exhibit, "sex")
    assert table is not None
    assert [(row.name, row.cells) for row in table.rows] == [
        ("Female", (Share(15, 24), 50.6)),
        ("Male", (Share(9, 24), 49.4)),
        ("Prefer not to say", (Share(0, 24), None)),
    ]
    assert table.note == "24 of 40 visitors answered. The county: Census 2021."
    assert [(one.picture, one.points[0]) for one in exhibit.drawings] == [
        (Picture.SIDES, ("Female", 62.5, 50.6))
    ]
    assert set(table.said) <= set(definitions(Choices()))


def test_a_hidden_number_has_no_per_cent_either() -> None:
    found = counted({"disability": {"yes": 2, "no": 20, "prefer_not": 8}}, {"disability": {"yes": 170}})
    exhibit = diversity_shown(found, 4)
    table = table_of(exhibit, "disability")
    assert table is not None
    assert [row.cells[0] for row in table.rows] == [Hidden.FEW, Share(20, 30), Hidden.FEW]
    assert [point[:2] for point in exhibit.drawings[0].points] == [("Yes", None)]


def test_a_question_with_too_few_answers_is_left_out_and_that_is_said() -> None:
    exhibit = diversity_shown(counted({"sex": {"female": 3}, "disability": {"yes": 3, "no": 6}}), 4)
    assert not exhibit.tables
    assert exhibit.words[-1] == ("Not shown, because too few answered or gave each answer: sex, disability.")


def test_without_a_count_it_says_so() -> None:
    assert diversity_shown(None, 4).words == (
        "Visitors’ diversity had not been counted by the period’s end.",
    )


def test_a_count_held_back_is_spoken_of() -> None:
    found = counted({"sex": {"female": 15, "male": 9}}, held_back=date(2026, 4, 1))
    assert "The count of 1 April 2026 is not shown" in diversity_shown(found, 4).words[1]


def test_every_question_has_a_heading() -> None:
    assert set(HEADINGS) == set(BY_NAME)


# -- nobody can be worked out


def seen(exhibit: Exhibit) -> str:
    """All that a reader has of it: cells, totals, notes, sentences and pictures."""
    return repr(exhibit)


def compositions(total: int, places: int) -> Iterator[tuple[int, ...]]:
    for bars in combinations(range(total + places - 1), places - 1):
        edges = (-1, *bars, total + places - 1)
        yield tuple(edges[n + 1] - edges[n] - 1 for n in range(places))


@cache
def worlds(question: str, total: int, threshold: int) -> dict[str, list[tuple[int, ...]]]:
    """Everything that could be, by what would be shown of it to somebody who knows the rule."""
    answers = list(BY_NAME[question].answers)
    found: dict[str, list[tuple[int, ...]]] = {}
    for numbers in compositions(total, len(answers)):
        exhibit = diversity_shown(counted({question: dict(zip(answers, numbers, strict=True))}), threshold)
        found.setdefault(seen(exhibit), []).append(numbers)
    return found


@pytest.mark.parametrize("question", ["sex", "gender"])
@pytest.mark.parametrize("threshold", [1, 2, 4])
def test_no_hidden_count_can_be_worked_out_from_anything_shown(question: str, threshold: int) -> None:
    """Of every count of up to 24 visitors: what is shown leaves each small number two values at least."""
    for total in range(1, 25):
        for alike in worlds(question, total, threshold).values():
            for place in range(3):
                values = {numbers[place] for numbers in alike}
                small = {value for value in values if 1 <= value <= threshold}
                assert not small or len(values) > 1


@given(
    st.sampled_from([one.name for one in QUESTIONS]),
    st.lists(st.integers(0, 15), min_size=9, max_size=9),
    st.integers(1, 6),
)
def test_small_numbers_and_what_would_tell_them_are_never_shown(
    question: str, numbers: list[int], threshold: int
) -> None:
    given_ = dict(zip(BY_NAME[question].answers, numbers, strict=False))
    exhibit = diversity_shown(counted({question: given_}, {question: dict.fromkeys(given_, 100)}), threshold)
    for table in exhibit.tables:
        ours = [row.cells[0] for row in table.rows]
        assert not any(isinstance(one, Share) and 1 <= one.part <= threshold for one in ours)
        hidden = [number for number, cell in zip(given_.values(), ours, strict=True) if cell is Hidden.FEW]
        assert not hidden or len(hidden) > 1
    for drawing, table in zip(exhibit.drawings, exhibit.tables, strict=True):
        assert drawing.table == table.key
        assert [point[1] is None for point in drawing.points] == [
            row.cells[0] is Hidden.FEW for row in table.rows
        ]


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
VISITORS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=30)


def there(visitors: list[InOffice], day: date) -> set[int]:
    return {at for at, (joined, left) in enumerate(visitors) if joined <= day and (not left or left > day)}


@given(st.lists(DAYS, max_size=8, unique=True), VISITORS, st.integers(0, 6))
def test_more_people_than_a_few_are_in_one_alone_of_two_counts_shown(
    entered: list[date], visitors: list[InOffice], threshold: int
) -> None:
    shown = may_be_shown(entered, visitors, threshold)
    assert set(entered[:1]) <= shown
    for one, other in combinations(sorted(shown), 2):
        assert len(there(visitors, one) ^ there(visitors, other)) > 2 * threshold


@given(st.lists(DAYS, max_size=8, unique=True), VISITORS, st.integers(0, 6))
def test_what_was_shown_once_is_not_taken_back_by_a_later_count(
    entered: list[date], visitors: list[InOffice], threshold: int
) -> None:
    for number in range(len(entered)):
        before = may_be_shown(entered[:number], visitors, threshold)
        assert before <= may_be_shown(entered, visitors, threshold)


def test_a_count_a_month_later_with_one_new_visitor_is_not_shown() -> None:
    later = DAY + timedelta(days=30)
    joined = [(DAY + timedelta(days=n), None) for n in range(1, 10)]
    assert may_be_shown([DAY, later], joined[:8], 4) == {DAY}
    assert may_be_shown([DAY, later], joined, 4) == {DAY, later}


def test_visitors_who_came_and_went_between_two_counts_hide_nobody() -> None:
    """They are in neither: the one who stayed could be told by taking one count from the other."""
    later = DAY + timedelta(days=90)
    passing = [(DAY + timedelta(days=1), DAY + timedelta(days=30))] * 9
    assert may_be_shown([DAY, later], [*passing, (DAY + timedelta(days=60), None)], 4) == {DAY}


def test_sums_that_cannot_be_are_said_in_words() -> None:
    assert faults({"female": 9}, {"female": 600, "male": 400}, 9, "1 March 2026") == []
    assert faults({"female": 9, "male": 1}, {"female": 600, "male": 401}, 9, "1 March 2026") == [
        "10 visitors answered, but on 1 March 2026 there were 9: each may be counted once",
        "The county’s shares add up to 100.1%: all together they are at most 100%",
    ]
