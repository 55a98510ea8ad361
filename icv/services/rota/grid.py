"""A rota as a grid to be read: a row a week, a column a suite, who goes and what stands in the way."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from icv.planner.certificate import GoalInWords
from icv.rules.days import MONTHS, Period
from icv.rules.scheme import Choices
from icv.services.rota.boards import board_of
from icv.services.rota.cells import Cell, cells_of, cleared_in, names_of, with_clearance
from icv.services.rota.judging import goals_of
from icv.store.planning import suites
from icv.store.rota import Rota


@dataclass(frozen=True, slots=True)
class Row:
    """A week; its cells suite by suite, in the order of the grid's columns, and where some lack a visitor."""

    first_on: date
    last_on: date
    cells: tuple[tuple[Cell, ...], ...]
    gaps: tuple[bool, ...]

    @property
    def words(self) -> str:
        """27 Apr to 3 May: the year stands above the month."""
        return f"{_day_and_month(self.first_on)} to {_day_and_month(self.last_on)}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody's visits on this rota beside their fair share of them."""

    name: str
    visits: int
    share: float | None
    carried: float


@dataclass(frozen=True, slots=True)
class Grid:
    """`months` are the rows by the month in which their week ends; `waiting` counts answers still out."""

    suites: tuple[str, ...]
    months: tuple[tuple[str, tuple[Row, ...]], ...]
    loads: tuple[Load, ...]
    visits: int
    empty: int
    waiting: int
    people: int
    goals: tuple[GoalInWords, ...]


def grid_of(session: Session, rota: Rota, choices: Choices, *, today: date) -> Grid:
    """The whole rota, in the same number of queries however long it is."""
    cells = _looked_at(session, rota, cells_of(session, rota, today), choices)
    shown = {cell.suite_id for cell in cells}
    columns = [line for line in suites(session) if line.id in shown]
    counts = Counter(seat.person_id for cell in cells for seat in cell.seats if seat.person_id is not None)
    return Grid(
        suites=tuple(line.name for line in columns),
        months=_months(cells, [line.id for line in columns]),
        loads=_loads(session, counts, rota.certificate),
        visits=len(cells),
        empty=sum(cell.is_empty for cell in cells),
        waiting=sum(seat.is_waiting for cell in cells if cell.can_change for seat in cell.seats),
        people=len(counts),
        goals=goals_of(rota.certificate),
    )


def _looked_at(session: Session, rota: Rota, cells: list[Cell], choices: Choices) -> list[Cell]:
    """With who is not cleared, and why visits are empty as things stand today, not as when it was drawn."""
    empty = {cell.visit_id for cell in cells if cell.is_empty and cell.can_change}
    if not empty:
        period = Period(rota.first_on, rota.last_on)
        return with_clearance(cells, cleared_in(session, cells, period, choices))
    board = board_of(session, rota, choices, looks_back=False)
    whys = board.whys_short(empty)
    explained = [replace(one, why=whys.get(one.visit_id, one.why)) for one in cells]
    return with_clearance(explained, board.cleared())


def _months(cells: Sequence[Cell], columns: Sequence[int]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    rows = [
        _row(first_on, list(found), columns)
        for first_on, found in groupby(cells, key=lambda cell: cell.week_starts_on)
    ]
    return tuple((month, tuple(found)) for month, found in groupby(rows, key=_month))


def _month(row: Row) -> str:
    return f"{MONTHS[row.last_on.month - 1]} {row.last_on.year}"


def _row(first_on: date, cells: Sequence[Cell], columns: Sequence[int]) -> Row:
    by_suite: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_suite[cell.suite_id].append(cell)
    gaps = tuple(any(cell.is_empty for cell in by_suite[suite]) for suite in columns)
    return Row(first_on, cells[0].week_ends_on, tuple(tuple(by_suite[suite]) for suite in columns), gaps)


def _loads(session: Session, counts: Counter[int], certificate: Mapping[str, Any]) -> tuple[Load, ...]:
    """By name: whoever has a visit, and whoever might have had one."""
    shares = {int(who): share for who, share in certificate.get("shares", {}).items()}
    carried = {int(who): visits for who, visits in certificate.get("carried", {}).items()}
    listed = {who for who, share in shares.items() if share} | set(counts)
    names = names_of(session, listed)
    loads = [Load(names[who], counts[who], shares.get(who), carried.get(who, 0.0)) for who in listed]
    return tuple(sorted(loads, key=lambda load: load.name))
