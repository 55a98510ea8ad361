"""Leave with a known return or none, suspension, and coming back: each one act, made of steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.scheme import Choices
from icv.rules.stages import VISITING, Stage
from icv.services.people.correcting import correct_last_step
from icv.services.people.errors import PeopleError
from icv.services.people.moving import Move, Moved, held_for_change, last_step, move
from icv.store.people import StageStep, timeline
from icv.store.people.absences import Absence, absence


@dataclass(frozen=True, slots=True)
class Leave:
    """`returns_on` is the first day back, None while it is not known."""

    first_on: date
    returns_on: date | None
    reason: str


def go_on_leave(
    session: Session, person_id: int, leave: Leave, choices: Choices, *, by: Actor, at: datetime
) -> Moved:
    """The leave, and the return planned ahead where its day is known. Raises PeopleError."""
    held_for_change(session, person_id)
    _refuse_leave_on_record(session, person_id, leave.first_on, at)
    with _before_planned_end(session, person_id, "On leave before the end", choices, by=by, at=at) as end:
        if end is not None and leave.first_on >= end:
            raise PeopleError(_NOT_FROM_THE_END.format(day_in_words(end)), field="first_on")
        asked = Move(Stage.ON_LEAVE, leave.first_on, leave.reason)
        moved = move(session, person_id, asked, choices, by=by, at=at)
        if leave.returns_on is not None:
            away = _away(session, person_id, at)
            _plan_return(session, person_id, away, leave.returns_on, choices, end=end, by=by, at=at)
    return moved


def change_return(
    session: Session, person_id: int, returns_on: date | None, choices: Choices, *, by: Actor, at: datetime
) -> Absence:
    """Sets the first day back, of leave to come as well as past; None: not known any more.

    A return planned for another day is taken back by a correcting step. From a suspension somebody returns
    today or earlier. Returns the absence as it was.
    """
    held_for_change(session, person_id)
    away = _away(session, person_id, at)
    if away.returns_on == returns_on:
        return away
    with _before_planned_end(session, person_id, "Another day of return", choices, by=by, at=at) as end:
        if away.return_id is not None:
            _take_back_return(session, person_id, away.return_id, by=by, at=at)
        if returns_on is not None:
            _plan_return(session, person_id, away, returns_on, choices, end=end, by=by, at=at)
    return away


def call_off_leave(session: Session, person_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Takes back leave that has not begun, its return included. Raises PeopleError."""
    held_for_change(session, person_id)
    away = _away(session, person_id, at)
    if not away.may_be_called_off(london_day(at)):
        raise PeopleError("This absence has begun: enter the first day back instead.")
    _take_back_planned(session, person_id, lambda step: step.id >= away.step_id, reason, by=by, at=at)


def suspend(
    session: Session, person_id: int, on: date, reason: str, choices: Choices, *, by: Actor, at: datetime
) -> Moved:
    """From leave too: leave and returns planned for later are taken back; a planned end stays planned.

    Raises PeopleError.
    """
    held_for_change(session, person_id)
    with _before_planned_end(session, person_id, "Suspended before the end", choices, by=by, at=at):
        take_back_after(session, person_id, on, "Suspended", by=by, at=at)
        return move(session, person_id, Move(Stage.SUSPENDED, on, reason), choices, by=by, at=at)


def take_back_after(
    session: Session, person_id: int, on: date, reason: str, *, by: Actor, at: datetime
) -> None:
    """Takes back leave and returns planned for later than the day and still to come."""
    last_to_stay = max(on, london_day(at))
    held_for_change(session, person_id)
    _take_back_planned(
        session, person_id, lambda step: bool(step.on and step.on > last_to_stay), reason, by=by, at=at
    )


@contextmanager
def _before_planned_end(
    session: Session, person_id: int, why: str, choices: Choices, *, by: Actor, at: datetime
) -> Iterator[date | None]:
    """Takes back an end still to come, whose first day away it gives, and plans it again after the block."""
    last = last_step(session, person_id)
    if last is None or last.stage is not Stage.LEFT or last.on is None or last.on <= london_day(at):
        yield None
        return
    planned = Move(Stage.LEFT, last.on, last.reason)
    _take_back_last(session, person_id, why, by=by, at=at)
    yield planned.on
    move(session, person_id, planned, choices, by=by, at=at)


def _take_back_planned(
    session: Session,
    person_id: int,
    is_wanted: Callable[[StageStep], bool],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    last = last_step(session, person_id)
    while last and last.stage in VISITING | {Stage.ON_LEAVE} and is_wanted(last):
        _take_back_last(session, person_id, reason, by=by, at=at)
        last = last_step(session, person_id)


def _take_back_return(session: Session, person_id: int, step_id: int, *, by: Actor, at: datetime) -> None:
    last = last_step(session, person_id)
    if last is None or last.id != step_id:
        raise PeopleError("Another step is recorded after the return. Take that one back first.")
    _take_back_last(session, person_id, "Another day of return", by=by, at=at)


def _take_back_last(session: Session, person_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    last = last_step(session, person_id)
    correct_last_step(session, person_id, reason, seen_step_id=last.id if last else 0, by=by, at=at)


def _plan_return(
    session: Session,
    person_id: int,
    away: Absence,
    on: date,
    choices: Choices,
    *,
    end: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """`end`: the first day away for good, where one is planned."""
    if away.since is not None and on <= away.since:
        raise PeopleError("The first day back must be after the first day away", field="returns_on")
    if end is not None and on >= end:
        raise PeopleError(_NOT_FROM_THE_END.format(day_in_words(end)), field="returns_on")
    if away.stage is Stage.SUSPENDED and on > london_day(at):
        raise PeopleError("A suspension ends when it is lifted: record it on its day", field="returns_on")
    try:
        move(
            session,
            person_id,
            Move(away.back_to, on, f"Return from {_NAMED[away.stage]}"),
            choices,
            by=by,
            at=at,
        )
    except PeopleError as refusal:
        field = "returns_on" if refusal.field == "on" else refusal.field
        raise PeopleError(str(refusal), field=field) from None


_NOT_FROM_THE_END = "The appointment ends before {}: choose an earlier day, or correct the end first"
_NAMED = {Stage.ON_LEAVE: "leave", Stage.SUSPENDED: "suspension"}


def _refuse_leave_on_record(session: Session, person_id: int, first_on: date, at: datetime) -> None:
    away = absence(timeline(session, person_id), london_day(at))
    if away is None or away.stage is not Stage.ON_LEAVE:
        return
    if away.returns_on is None or first_on < away.returns_on:
        since = f"from {day_in_words(away.since)}" if away.since else "since before this record began"
        raise PeopleError(f"Leave {since} is on record already", field="first_on")


def _away(session: Session, person_id: int, at: datetime) -> Absence:
    away = absence(timeline(session, person_id), london_day(at))
    if away is None:
        raise PeopleError("Nobody is away here now, and no leave is planned. Look at the record again.")
    return away
