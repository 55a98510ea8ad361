"""Papers of any number of suites, put together from figures as the program does it."""

from datetime import date

from icv.rules.exhibits.shape import Table
from icv.rules.figures.answers import Found, Place
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
"""One suite in so many had nothing scheduled."""
UNTIMED = 9
"""At one suite in so many no wait is known."""


def name(place: int) -> str:
    return f"Suite {place:03} of Northshire"


def names(number: int) -> list[str]:
    """Of all suites, in their order."""
    return [name(place) for place in range(1, number + 1)]


def suites_of(number: int) -> tuple[SuiteFigures, ...]:
    """The first is fully visited, and of each ten the last least; of each eleven, in the fewest timeslots."""
    return tuple(
        SuiteFigures(
            name(place),
            scheduled=0 if place % UNSCHEDULED == 0 else 50,
            completed=0 if place % UNSCHEDULED == 0 else 50 - place % 10,
            timeslots_defined=35,
            arrivals={divmod(slot, 5): 3 for slot in range(1 + -place % 11 * 3)},
        )
        for place in range(1, number + 1)
    )


def annual_of(number: int, *, written: tuple[Written, ...] = ()) -> Paper:
    return paper_of(PaperKind.ANNUAL, number, written)


def committee_of(number: int) -> Paper:
    return paper_of(PaperKind.COMMITTEE, number)


def paper_of(kind: PaperKind, number: int, written: tuple[Written, ...] = ()) -> Paper:
    """Nobody turned up at the first suite, and nothing was found at the second."""
    suites = suites_of(number)
    raised = {name(place): 30 - place % 17 for place in range(1, number + 1) if place != 2}
    found = of_may(
        *suites,
        doors=tuple(_door(place) for place in range(2, number + 1)),
        found=Found(suites=raised, categories={"Welfare": {Place.CLOSED: sum(raised.values())}}),
    )
    head = usual_head(kind, MAY, author="Asha Patel", dated_on=AS_OF, choices=Choices())
    blocks = kept(placed(live_blocks(kind, found, Choices()), written))
    return composed(kind, head, found, blocks, named=Choices())


def by_suite(paper: Paper) -> list[Table]:
    return [
        block.table for block in paper.blocks if isinstance(block, Tabled) and block.table.corner == "Suite"
    ]


def _door(place: int) -> Door:
    if place % UNTIMED == 0:
        return Door(name(place), unknown=50)
    return Door(name(place), at_once=40, over_10=place % 13, unknown=1)
