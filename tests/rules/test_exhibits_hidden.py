"""No small part of a table is shown, and no part is hidden alone."""

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits.hiding import grid_shown, parts_shown
from icv.rules.figures import (
    DetaineeFigures,
    FindingFigures,
    definitions,
)
from icv.rules.figures.answers import Answers, Found, Place, Replies, Reply
from icv.rules.figures.detained import Detained, First, Met
from icv.rules.figures.door import Door
from icv.rules.figures.people import Recruitment, RoundFunnel, Visitors
from icv.rules.funnel import funnel
from icv.rules.report import Group, WhyNotSeen
from icv.rules.scheme import Choices
from tests.rules.exhibits import FEW, TOLD_OF_PEOPLE, made, members, of


def test_every_figure_an_exhibit_shows_is_defined() -> None:
    doors, groups = (Door("North", 9),), dict.fromkeys(Group, 5)
    first = {First.CHILD: Met(9, 9), First.VULNERABLE: Met(9, 9)}
    figures = {
        "detainees": DetaineeFigures(30, offered=20, accepted=10, declined=10),
        "findings": FindingFigures(by_category={"welfare": 9}),
        "volunteers": members(North=(20, 0, 6)),
    }
    found = of(
        figures,
        doors=doors,
        detained=Detained({WhyNotSeen.ASLEEP: 9}, first, groups),
        found=Found(
            {"North": 9}, {"welfare": {Place.CLOSED: 9}}, {"x": 1}, {"Under 2 weeks": {Place.REPLIED: 1}}
        ),
        answers=Answers(whole=Replies({Reply.LATE: 1})),
        visitors=Visitors({"Moved": 6}, {1: 20}),
        recruitment=Recruitment(RoundFunnel("Spring", funnel([]))),
    )
    tables = [table for key in TOLD_OF_PEOPLE for table in made(key, found).tables]
    assert len(tables) == len({table.key for table in tables}) == 19
    assert all(table.said and set(table.said) <= definitions(Choices()).keys() for table in tables)


NUMBERS = st.integers(0, 12)


@given(st.lists(NUMBERS, max_size=8), st.integers(0, 6))
def test_no_small_part_is_shown_and_none_alone_is_hidden(numbers: list[int], threshold: int) -> None:
    parts = dict(enumerate(numbers))
    cells = parts_shown(parts, threshold)
    assert list(cells) == list(parts)
    assert all(
        cell is FEW or (cell == parts[key] and not 1 <= parts[key] <= threshold)
        for key, cell in cells.items()
    )
    assert len(parts) == 1 or sum(cell is FEW for cell in cells.values()) != 1


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 6))
def test_a_grid_keeps_its_lines_with_their_sums(lines: list[list[int]], threshold: int) -> None:
    cells, total = grid_shown(dict(enumerate(lines)), threshold)
    assert total[-1] == sum(map(sum, lines))
    for number, line in enumerate(lines):
        for cell, count in zip(cells[number], (*line, sum(line)), strict=True):
            assert cell is FEW or cell == count
