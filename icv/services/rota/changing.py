"""Changes by hand: who has a place of a draft or of a published rota, and visits taken out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import day_in_words, london_day
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState, Outcome
from icv.services.rota.boards import Board, Candidate, board_of
from icv.services.rota.publishing import offered
from icv.services.rota.refusals import RotaError
from icv.services.rota.telling import Place, tell_one
from icv.store.planning import suites
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.trail import note
from icv.store.visits import Duty, Visit


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something, an account's id, and when."""

    by: int | None
    at: datetime


def put(
    session: Session,
    rota: Rota,
    visit_id: int,
    place: int,
    person_id: int | None,
    *,
    choices: Choices,
    reason: str = "",
    by: int | None,
    at: datetime,
) -> None:
    """Gives place 1 or 2 of a visit to somebody, or (None) leaves it empty.

    Against a rule only with a reason, which is recorded; never to the same person twice, nor to one who will
    have left. Of a published rota both are told. Raises RotaError.
    """
    _keep_others_out(session, rota)
    board = board_of(session, rota, choices)
    if all(seats.visit_id != visit_id for seats in board.seats):
        raise RotaError("This visit has its outcome already, or is not on this rota: it cannot be changed.")
    overridden = "" if person_id is None else _refusal_or_reason(board, visit_id, place, person_id, reason)
    act = Act(by, at)
    if rota.state is RotaState.DRAFT:
        _put_on_draft(session, visit_id, place, person_id, overridden)
        rota.certificate = board_of(session, rota, choices).judgement()
    else:
        _put_on_visit(session, visit_id, place, person_id, overridden, act)
        rota.certificate = _after_change(rota, board, visit_id, place, person_id, london_day(at))
    note(
        session,
        "change place",
        "rota",
        rota.id,
        by=by,
        at=at,
        visit=visit_id,
        place=place,
        person=person_id,
        overridden=bool(overridden),
    )
    session.flush()


def _keep_others_out(session: Session, rota: Rota) -> None:
    """Until the transaction ends nobody else changes or publishes this rota."""
    session.refresh(rota, with_for_update=True)
    if rota.state is RotaState.DISCARDED:
        raise RotaError("This draft was discarded. Open another, or draw the rota again.")


def _refusal_or_reason(board: Board, visit_id: int, place: int, person_id: int, reason: str) -> str:
    """The reason to record, empty where no rule stands against. Raises RotaError."""
    candidate = _candidate(board, visit_id, place, person_id)
    seats = next(one for one in board.seats if one.visit_id == visit_id)
    if seats.visitors[2 - place] == person_id:
        raise RotaError(f"{candidate.name} has the other place on this visit already: nobody visits alone.")
    left_on = board.asked.people[person_id].left_on
    if left_on is not None and left_on <= seats.week_ends_on:
        raise RotaError(
            f"{candidate.name} leaves on {day_in_words(left_on)} and cannot be put on this visit."
            " Choose somebody else."
        )
    if candidate.reasons and not reason.strip():
        raise RotaError(
            f"A rule stands against {candidate.name}: {' '.join(candidate.reasons)}"
            " Say why it should be so all the same."
        )
    return reason.strip() if candidate.reasons else ""


def _candidate(board: Board, visit_id: int, place: int, person_id: int) -> Candidate:
    for candidate in board.candidates(visit_id, place):
        if candidate.person_id == person_id:
            return candidate
    raise RotaError("Only a visitor in office can be put on a visit. Choose one from the list.")


def _put_on_draft(
    session: Session, visit_id: int, place: int, person_id: int | None, overridden: str
) -> None:
    values: dict[str, Any] = {
        f"visitor_{place}_id": person_id,
        f"is_locked_{place}": person_id is not None,
        f"overridden_{place}": overridden,
        "suggested_slots": [],
    }
    session.execute(sa.update(DraftVisit).where(DraftVisit.id == visit_id).values(values))


def lock(
    session: Session,
    rota: Rota,
    visit_id: int,
    place: int,
    is_locked: bool,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """A locked visitor of a draft keeps the place when the rota is drawn again."""
    _keep_others_out(session, rota)
    if rota.state is not RotaState.DRAFT:
        raise RotaError("Places of a published rota stay as they are until somebody changes them.")
    session.execute(
        sa.update(DraftVisit)
        .where(DraftVisit.id == visit_id, DraftVisit.rota_id == rota.id)
        .values({f"is_locked_{place}": is_locked})
    )
    act = "lock place" if is_locked else "unlock place"
    note(session, act, "rota", rota.id, by=by, at=at, visit=visit_id, place=place)


def _put_on_visit(
    session: Session, visit_id: int, place: int, person_id: int | None, overridden: str, act: Act
) -> None:
    visit = session.get_one(Visit, visit_id)
    if visit.week_ends_on < london_day(act.at):
        raise RotaError("The week of this visit is over: record what became of it instead.")
    holder = session.scalar(
        sa.select(Duty)
        .where(Duty.visit_id == visit_id, Duty.place == place, Duty.state.in_(HELD))
        .with_for_update()
    )
    if holder is not None:
        if holder.person_id == person_id:
            return
        said = "The coordinator has taken this visit off your list: you need not do anything."
        _release(session, holder, visit, "given to somebody else" if person_id else "left empty", said, act)
    if person_id is not None:
        duty = offered(visit_id, person_id, place, by=act.by, at=act.at, overridden=overridden)
        session.add(duty)
        session.flush()
        said = "The coordinator asks you to make this visit. Please say under My duties whether you can."
        _tell(session, "duty offered", duty, visit, "A visit for you", said, act)


def _release(session: Session, duty: Duty, visit: Visit, reason: str, said: str, act: Act) -> None:
    duty.state, duty.reason = DutyState.RELEASED, reason
    duty.sequence, duty.changed_at = duty.sequence + 1, act.at
    session.flush()
    _tell(session, "duty released", duty, visit, "A visit is no longer yours", said, act)


def _tell(
    session: Session, purpose: str, duty: Duty, visit: Visit, subject: str, said: str, act: Act
) -> None:
    names = {line.id: line.name for line in suites(session)}
    place = Place(duty.person_id, visit.suite_id, visit.week_starts_on, visit.week_ends_on)
    tell_one(session, purpose, duty.id, place, names, subject=subject, said=said, at=act.at)


def _after_change(
    rota: Rota, board: Board, visit_id: int, place: int, person_id: int | None, on: date
) -> dict[str, Any]:
    """What was proven when it was published no longer speaks of the rota as it is."""
    changed = board.with_place(visit_id, place, person_id)
    empty = {**rota.certificate.get("empty", {}), str(visit_id): changed.why_empty(visit_id)}
    return {**rota.certificate, "changed_on": on.isoformat(), "empty": empty}


def cancel(
    session: Session, rota: Rota, visit_id: int, on: date, reason: str, *, by: int | None, at: datetime
) -> None:
    """Calls a published visit off. Only a day before its week begins takes it out of those scheduled."""
    _keep_others_out(session, rota)
    visit = session.scalar(sa.select(Visit).where(Visit.id == visit_id, Visit.rota_id == rota.id))
    if visit is None or visit.outcome is not None:
        raise RotaError("This visit has its outcome already: it cannot be cancelled.")
    if not reason.strip():
        raise RotaError("Say why the visit is cancelled: the reason stands in the figures.")
    if on > london_day(at):
        raise RotaError("The day on which it was cancelled cannot be in the future.")
    if on > visit.week_ends_on:
        raise RotaError("By that day the week was over: the visit was missed, not cancelled.")
    visit.outcome, visit.cancelled_on, visit.reason = Outcome.CANCELLED, on, reason.strip()
    held = sa.select(Duty).where(Duty.visit_id == visit.id, Duty.state.in_(HELD)).order_by(Duty.id)
    for duty in session.scalars(held.with_for_update()).all():
        said = f"This visit is cancelled: {reason.strip()}"
        _release(session, duty, visit, "visit cancelled", said, Act(by, at))
    note(session, "cancel visit", "visit", visit.id, by=by, at=at)
    session.flush()
