"""Why a visit lacks a visitor, at length: the sum, who falls away, who could be had, and at which times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from icv.planner import explain
from icv.planner.explain import Cause
from icv.planner.ways import Chance, Way
from icv.rules.days import WEEKDAYS
from icv.rules.timeslots import Grid
from icv.services.rota.boards import Board, Seats
from icv.services.rota.changing import Step

CAUSES = {
    Cause.STRUCTURAL: "No rota could fill it for these people and rules, whatever else is changed.",
    Cause.COMPETITION: "It is empty because other visits need the same people.",
    Cause.OPEN: "It can be filled at once: choose somebody below.",
}


@dataclass(frozen=True, slots=True)
class Swap:
    """Changes that fill the visit, each in words too. `emptied` are the visits left short."""

    steps: tuple[tuple[Step, str], ...]
    emptied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Emptiness:
    """`given_up`: a name, and the visit that would have to give them up.

    `times` are by band, a row of seven days each: who could go then and the pairs among them, None: nobody.
    """

    cause: str
    cascade: str
    capacity: str
    needs: int
    given_up: tuple[tuple[str, str], ...]
    swap: Swap | None
    bands: tuple[str, ...]
    times: tuple[tuple[Chance | None, ...], ...]


def emptiness_of(board: Board, visit_id: int, *, today: date) -> Emptiness | None:
    """None for a visit that has its pair. Visits whose week has come give nobody up."""
    if None not in board.seats_of(visit_id).visitors:
        return None
    inquiry = board.inquiry(until=today)
    why = inquiry.shortly(visit_id)
    way = inquiry.cheapest(visit_id) if why.cause is Cause.COMPETITION else None
    people = board.asked.people
    return Emptiness(
        cause=CAUSES[why.cause],
        cascade=why.sentence,
        capacity=explain.capacity(board.asked.problem).sentence,
        needs=why.needs,
        given_up=tuple(
            (people[one.visitor].name, board.visit_in_words(one.visit)) for one in inquiry.given_up(visit_id)
        ),
        swap=None if way is None else _swap(board, way),
        bands=board.asked.grid.band_names,
        times=_by_band(inquiry.chances(visit_id), board.asked.grid),
    )


def _swap(board: Board, way: Way) -> Swap:
    seats = {one.visit: board.seats_of(one.visit) for one in way.moves}
    steps = []
    for move in way.moves:
        here = seats[move.visit]
        place = here.visitors.index(move.instead_of) + 1
        seats[move.visit] = here.with_place(place, move.visitor, locks=False)
        words = _step_words(board, here, move.visitor, move.instead_of)
        steps.append((Step(move.visit, place, move.visitor), words))
    return Swap(tuple(steps), tuple(board.visit_in_words(one) for one in way.emptied))


def _step_words(board: Board, here: Seats, who: int | None, instead_of: int | None) -> str:
    people, where = board.asked.people, board.visit_in_words(here.visit_id)
    if who is None:
        return f"{where}: {people[instead_of or 0].name} is taken off"
    if instead_of is None:
        return f"{where}: {people[who].name} goes"
    return f"{where}: {people[who].name} goes instead of {people[instead_of].name}"


def _by_band(chances: Sequence[Chance], grid: Grid) -> tuple[tuple[Chance | None, ...], ...]:
    """None at all where nobody could go at any time."""
    if not chances:
        return ()
    by_slot = {one.slot: one for one in chances}
    return tuple(
        tuple(by_slot.get((day, band)) for day in range(len(WEEKDAYS))) for band in range(len(grid.starts))
    )
