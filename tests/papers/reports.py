"""Annual reports of any number of suites, put together from figures as the program does it."""

from datetime import date

from icv.rules.exhibits.shape import Table
from icv.rules.figures.answers import Found
from icv.rules.figures.door import Door
from icv.rules.figures.shape import SuiteFigures
from icv.rules.paper import Paper, PaperKind, Tabled
from icv.rules.paper.composing import composed, live_blocks
from icv.rules.paper.head import usual_head
from icv.rules.paper.wording import Written, kept, placed
from icv.rules.scheme import Choices
from tests.rules.exhibits import MAY, of_may

AS_OF = date(2026, 6, 15)
UNSCHEDULED = 7
"""Every so manieth suite had nothing scheduled."""


def name(place: int) -> str:
    return f"Suite {place:03} of Northshire"


def suites_of(number: int) -> tuple[SuiteFigures, ...]:
    """The first is fully visited, and of each ten the last least."""
    return tuple(
        SuiteFigures(
            name(place),
            scheduled=0 if place % UNSCHEDULED == 0 else 50,
            completed=0 if place % UNSCHEDULED == 0 else 50 - place % 10,
            timeslots_defined=35,
            arrivals={(day, place % 5): 7 for day in range(7)},
        )
        for place in range(1, number + 1)
    )


def annual_of(number: int, *, written: tuple[Written, ...] = ()) -> Paper:
    """Nobody turned up at the first suite, and nothing was found at the second."""
    suites = suites_of(number)
    names = [one.suite for one in suites]
    found = of_may(
        *suites,
        doors=tuple(Door(one, at_once=40, over_10=9, unknown=1) for one in names[1:]),
        found=Found(suites={one: 12 for one in names if one != name(2)}),
    )
    head = usual_head(PaperKind.ANNUAL, MAY, author="Asha Patel", dated_on=AS_OF, choices=Choices())
    blocks = kept(placed(live_blocks(PaperKind.ANNUAL, found, Choices()), written))
    return composed(PaperKind.ANNUAL, head, found, blocks, named=Choices())


def by_suite(paper: Paper) -> list[Table]:
    return [
        block.table for block in paper.blocks if isinstance(block, Tabled) and block.table.corner == "Suite"
    ]
