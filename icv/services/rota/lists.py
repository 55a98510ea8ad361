"""A rota read another way than week by week: person by person, and by the timeslots it would reach."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.coverage import Coverage
from icv.rules.days import ONE_DAY, Period, add_months
from icv.rules.timeslots import Grid as Timeslots
from icv.rules.timeslots import Slot
from icv.services.rota.cells import Cell, Seat
from icv.services.rota.grid import Grid
from icv.store.planning import arrivals, suites
from icv.store.rota import Rota, suggested_first


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """One visit of somebody's on the rota; `partner` is empty where the other place is."""

    week_starts_on: date
    week_ends_on: date
    suite: str
    partner: str
    state: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A suite's timeslots: visited in the year before the rota, and with those that a draft suggests."""

    suite: str
    before: Coverage
    after: Coverage


def visits_by_person(grid: Grid) -> list[tuple[str, tuple[OwnVisit, ...]]]:
    """Everybody on the rota by name, each with their visits by week."""
    found: defaultdict[tuple[str, int], list[OwnVisit]] = defaultdict(list)
    for _, rows in grid.months:
        for row in rows:
            for suite, cells in zip(grid.suites, row.cells, strict=True):
                for cell, seat in _seats(cells):
                    found[seat.name, seat.person_id or 0].append(_own(cell, seat, suite))
    return [(name, tuple(visits)) for (name, _), visits in sorted(found.items(), key=lambda one: one[0])]


def _seats(cells: tuple[Cell, ...]) -> list[tuple[Cell, Seat]]:
    return [(cell, seat) for cell in cells for seat in cell.seats if seat.person_id is not None]


def _own(cell: Cell, seat: Seat, suite: str) -> OwnVisit:
    partner = next((other.name for other in cell.seats if other.place != seat.place), "")
    return OwnVisit(cell.week_starts_on, cell.week_ends_on, suite, partner, cell.ended or seat.state)


def timeslots_reached(session: Session, rota: Rota, timeslots: Timeslots) -> list[Reached]:
    """Of each suite on a draft, by name. Each visit counts with the timeslot suggested first.

    Nothing is known of when pairs mean to go: only visits that were made, and what the draft suggests.
    """
    year = Period(add_months(rota.first_on, -12), rota.first_on - ONE_DAY)
    made: defaultdict[int, list[datetime]] = defaultdict(list)
    for suite_id, arrived_at in arrivals(session, year):
        made[suite_id].append(arrived_at)
    suggested: defaultdict[int, Counter[Slot]] = defaultdict(Counter)
    for suite_id, slot in suggested_first(session, rota.id):
        suggested[suite_id][slot] += 1
    names = {line.id: line.name for line in suites(session)}
    found = []
    for suite_id in sorted(suggested, key=lambda one: names[one]):
        before = Coverage.of(timeslots, made[suite_id])
        after = Coverage(timeslots, Counter(before.counts) + suggested[suite_id])
        found.append(Reached(names[suite_id], before, after))
    return found
