"""The visits of a rota as cells of its grid: who has each place, how it stands and what to look at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.clearance import cleared_spans
from icv.rules.days import Period, merged, short_day
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.store.cover import requests_open
from icv.store.duties import PublishedVisit, published_visits
from icv.store.people import Person, standings
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


def cell_of(session: Session, rota: Rota, visit_id: int, *, today: date) -> Cell | None:
    """One visit of the rota, None where it is not on it. Clearance is not looked at."""
    return next((cell for cell in cells_of(session, rota, today) if cell.visit_id == visit_id), None)


def cells_of(session: Session, rota: Rota, today: date) -> list[Cell]:
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
    names = names_of(session, {who for line in lines for who in line.visitors if who is not None})
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


def names_of(session: Session, ids: set[int]) -> dict[int, str]:
    rows = session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {person_id: name for person_id, name in rows}  # noqa: C416


def cleared_in(
    session: Session, cells: Sequence[Cell], period: Period, choices: Choices
) -> dict[int, list[Period]]:
    """When whoever has a place on a visit that is still to be made is cleared, by person."""
    placed = {seat.person_id for cell in cells if cell.can_change for seat in cell.seats if seat.person_id}
    return {
        who: merged([span for span, _ in cleared_spans(standing, period, choices)])
        for who, standing in (standings(session, placed) if placed else {}).items()
    }


def with_clearance(cells: Sequence[Cell], cleared: Mapping[int, Sequence[Period]]) -> list[Cell]:
    """Marks whoever may not visit on every day of a week that is still to be made."""
    return [_marked(cell, cleared) if cell.can_change else cell for cell in cells]


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
