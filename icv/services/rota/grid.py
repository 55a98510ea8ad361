"""A rota as a grid to be read: a row a week, a column a suite, who goes and what stands in the way."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.clearance import cleared_spans
from icv.rules.days import MONTHS, Period, merged, short_day
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.store.cover import requests_open
from icv.store.duties import PublishedVisit, published_visits
from icv.store.people import Person, standings
from icv.store.planning import suites
from icv.store.rota import DraftLine, Rota, RotaState, draft_visits

PLACES = (1, 2)


@dataclass(frozen=True, slots=True)
class Seat:
    """One place of a visit. `state` says in a word or two how it stands, `note` what to look at."""

    place: int
    person_id: int | None = None
    name: str = ""
    state: str = ""
    is_waiting: bool = False
    note: str = ""
    duty_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A visit. `why` is the shortest reason for an empty place, `ended` what became of it if it is over."""

    visit_id: int
    suite_id: int
    week_starts_on: date
    week_ends_on: date
    seats: tuple[Seat, ...]
    why: str
    ended: str
    can_change: bool

    @property
    def is_empty(self) -> bool:
        return not self.ended and any(seat.person_id is None for seat in self.seats)


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


def grid_of(session: Session, rota: Rota, choices: Choices, *, today: date) -> Grid:
    """The whole rota, in the same number of queries however long it is."""
    cells = _with_clearance(
        session, _cells(session, rota, today), Period(rota.first_on, rota.last_on), choices
    )
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
    )


def cell_of(session: Session, rota: Rota, visit_id: int, *, today: date) -> Cell | None:
    """One visit of the rota, None where it is not on it. Clearance is not looked at."""
    return next((cell for cell in _cells(session, rota, today) if cell.visit_id == visit_id), None)


def _cells(session: Session, rota: Rota, today: date) -> list[Cell]:
    """By week and suite."""
    if rota.state is RotaState.PUBLISHED:
        wanted = {one.duty_id for one in requests_open(session, rota.id)}
        visits = published_visits(session, rota.id)
        return [_published(visit, rota.certificate, wanted, today) for visit in visits]
    return _drafted(session, draft_visits(session, rota.id), rota.certificate)


def _why(certificate: Mapping[str, Any], visit_id: int) -> str:
    found = certificate.get("empty", {}).get(str(visit_id))
    return found["short"] if found else ""


def _published(
    visit: PublishedVisit, certificate: Mapping[str, Any], wanted: Collection[int], today: date
) -> Cell:
    """`wanted` are the duties for which cover is wanted, or a swap."""
    return Cell(
        visit_id=visit.id,
        suite_id=visit.suite_id,
        week_starts_on=visit.week_starts_on,
        week_ends_on=visit.week_ends_on,
        seats=tuple(_seat(visit, place, wanted) for place in PLACES),
        why=_why(certificate, visit.id),
        ended=_ended(visit, today),
        can_change=visit.outcome is None and visit.week_ends_on >= today,
    )


def _seat(visit: PublishedVisit, place: int, wanted: Collection[int]) -> Seat:
    holder, declined = visit.held(place), visit.declined(place)
    if holder is not None:
        is_waiting = holder.state is DutyState.OFFERED
        note = f"against a rule: {holder.overridden}" if holder.overridden else ""
        state = "waiting" if is_waiting else "accepted"
        if holder.duty_id in wanted:
            state = f"{state}, cover wanted"
        return Seat(place, holder.person_id, holder.name, state, is_waiting, note, holder.duty_id)
    if declined is not None:
        reason = f": {declined.reason}" if declined.reason else ""
        return Seat(place, state=f"declined by {declined.name}{reason}")
    return Seat(place)


def _ended(visit: PublishedVisit, today: date) -> str:
    if visit.cancelled_on is not None:
        return f"cancelled on {short_day(visit.cancelled_on)}: {visit.reason}"
    if visit.outcome is not None:
        return visit.outcome.words
    return "report due" if visit.week_ends_on < today else ""


def _drafted(session: Session, lines: Sequence[DraftLine], certificate: Mapping[str, Any]) -> list[Cell]:
    names = _names(session, {who for line in lines for who in line.visitors if who is not None})
    return [
        Cell(
            visit_id=line.id,
            suite_id=line.suite_id,
            week_starts_on=line.week_starts_on,
            week_ends_on=line.week_ends_on,
            seats=tuple(_draft_seat(line, place, names) for place in PLACES),
            why=_why(certificate, line.id),
            ended="",
            can_change=True,
        )
        for line in lines
    ]


def _draft_seat(line: DraftLine, place: int, names: Mapping[int, str]) -> Seat:
    who, overridden = line.visitors[place - 1], line.overridden[place - 1]
    if who is None:
        return Seat(place)
    return Seat(
        place,
        who,
        names[who],
        "locked" if line.locked[place - 1] else "",
        note=f"against a rule: {overridden}" if overridden else "",
    )


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {person_id: name for person_id, name in rows}  # noqa: C416


def _with_clearance(session: Session, cells: Sequence[Cell], period: Period, choices: Choices) -> list[Cell]:
    """Marks whoever may not visit on every day of a week that is still to be made."""
    open_cells = [cell for cell in cells if cell.can_change]
    placed = {seat.person_id for cell in open_cells for seat in cell.seats if seat.person_id is not None}
    if not placed:
        return list(cells)
    spans = {
        who: merged([span for span, _ in cleared_spans(standing, period, choices)])
        for who, standing in standings(session, placed).items()
    }
    return [_marked(cell, spans) if cell.can_change else cell for cell in cells]


def _marked(cell: Cell, spans: Mapping[int, Sequence[Period]]) -> Cell:
    notes = [_note(seat, cell, spans) for seat in cell.seats]
    if notes == [seat.note for seat in cell.seats]:
        return cell
    seats = zip(cell.seats, notes, strict=True)
    return replace(cell, seats=tuple(replace(seat, note=note) for seat, note in seats))


def _note(seat: Seat, cell: Cell, spans: Mapping[int, Sequence[Period]]) -> str:
    if seat.person_id is None or seat.note:
        return seat.note
    week = [
        span for span in spans[seat.person_id] if cell.week_starts_on in span and cell.week_ends_on in span
    ]
    return "" if week else "not cleared on every day of this week"


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
    names = _names(session, listed)
    loads = [Load(names[who], counts[who], shares.get(who), carried.get(who, 0.0)) for who in listed]
    return tuple(sorted(loads, key=lambda load: load.name))
