"""Duties of published visits handed over or taken back, visits called off, and whoever it concerns told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.visits import HELD, DutyState, Outcome, visit_in_words
from icv.services.cover.holding import hold_open_requests
from icv.services.cover.settling import settle_of_duty
from icv.services.letters import Addressee
from icv.services.rota.boards import Board
from icv.services.rota.calendars import NO_FILE, CalendarLink, Files, calendar_files
from icv.services.rota.publishing import offer
from icv.services.rota.refusals import RotaError
from icv.services.rota.telling import tell_one
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.scheme import choices_on
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Duty, Visit


@dataclass(frozen=True, slots=True)
class _Where:
    """The visit as letters say it, and when they are written."""

    words: str
    at: datetime


def keep_others_out(session: Session, rota: Rota) -> None:
    """Until the transaction ends nobody else changes or publishes this rota."""
    session.refresh(rota, with_for_update=True)
    if rota.state is RotaState.DISCARDED:
        raise RotaError("This draft was discarded. Open another, or draw the rota again.")


def hand_over(
    session: Session,
    board: Board,
    visit_id: int,
    place: int,
    person_id: int | None,
    overridden: str,
    *,
    by: int | None,
    at: datetime,
    letters: CalendarLink,
) -> None:
    """The place goes from whoever holds it to somebody else, or (None) to nobody. Raises RotaError."""
    visit = session.get_one(Visit, visit_id)
    if visit.week_ends_on < london_day(at):
        raise RotaError("The week of this visit is over: record what became of it instead.")
    holder = session.scalar(_held(visit_id).where(Duty.place == place))
    if holder is not None and holder.person_id == person_id:
        return
    where = _where(visit, board.asked.suites[visit.suite_id], at)
    if holder is not None:
        take_back(session, [(holder, person_id)], by=by, at=at)
    duty = None
    if person_id is not None:
        duty = Duty(**offer(visit_id, person_id, place, by=by, at=at, overridden=overridden))
        session.add(duty)
        session.flush()
    files = calendar_files(session, [visit_id], letters)
    if holder is not None:
        said = "The coordinator has taken this visit off your list: you need not do anything."
        _tell_released(session, holder, board.asked.people[holder.person_id], where, said, files)
    if duty is not None:
        said = "The coordinator asks you to make this visit. Please say under My duties whether you can."
        to, file = board.asked.people[duty.person_id], files.of(duty.person_id, visit_id)
        tell_one(session, "duty offered", duty.id, to, "A visit for you", said, where.words, file=file, at=at)
    changed = duty or holder
    if changed is not None:
        _tell_partner(session, board, changed, where, is_gone=duty is None)


def take_back(
    session: Session, duties: Sequence[tuple[Duty, int | None]], *, by: int | None, at: datetime
) -> None:
    """From whoever holds them, for somebody else or (None) for nobody. Nobody is asked for cover any more."""
    requests = hold_open_requests(session, [duty.id for duty, _ in duties])
    for duty, next_id in duties:
        duty.become(DutyState.RELEASED, "left empty" if next_id is None else "given to somebody else", at=at)
    session.flush()
    settle_of_duty(session, requests, by=by, at=at)


def _where(visit: Visit, suite: str, at: datetime) -> _Where:
    return _Where(visit_in_words(suite, visit.week_starts_on, visit.week_ends_on), at)


def _held(visit_id: int) -> sa.Select[Duty]:
    return (
        sa.select(Duty)
        .where(Duty.visit_id == visit_id, Duty.state.in_(HELD))
        .order_by(Duty.place)
        .with_for_update()
    )


def _tell_released(
    session: Session, duty: Duty, to: Addressee, where: _Where, said: str, files: Files
) -> None:
    subject, file = "A visit is no longer yours", files.of(duty.person_id, duty.visit_id)
    tell_one(session, "duty released", duty.id, to, subject, said, where.words, file=file, at=where.at)


def _tell_partner(session: Session, board: Board, changed: Duty, where: _Where, *, is_gone: bool) -> None:
    """Whoever keeps the other place: a time agreed with somebody else no longer stands."""
    stays = (Duty.place != changed.place) & (Duty.given_at < where.at)  # not given it in the same act
    other = session.scalar(_held(changed.visit_id).where(stays))
    if other is None:
        return
    name = board.asked.people[changed.person_id].name
    said = (
        f"{name} no longer makes this visit with you. Nobody visits alone: the coordinator looks for"
        " somebody else. You keep your place."
        if is_gone
        else f"{name} is asked to make this visit with you. You keep your place. If you had agreed a time"
        " with somebody else, agree it anew."
    )
    to, subject = session.get_one(Person, other.person_id), "Who visits with you has changed"
    purpose = "partner taken off" if is_gone else "partner given"
    tell_one(session, purpose, changed.id, to, subject, said, where.words, file=NO_FILE, at=where.at)


def cancel(
    session: Session,
    rota: Rota,
    visit_id: int,
    on: date,
    reason: str,
    *,
    by: int | None,
    at: datetime,
    link: str = "",
) -> None:
    """Calls a published visit off. Only a day before its week begins takes it out of those scheduled."""
    keep_others_out(session, rota)
    visit = session.scalar(sa.select(Visit).where(Visit.id == visit_id, Visit.rota_id == rota.id))
    if visit is None or visit.outcome is not None:
        raise RotaError("This visit has its outcome already: it cannot be cancelled.")
    _refuse_cancelling(visit, on, reason, london_day(at))
    visit.outcome, visit.cancelled_on, visit.reason = Outcome.CANCELLED, on, reason.strip()
    where = _where(visit, session.get_one(Suite, visit.suite_id).name, at)
    held = session.scalars(_held(visit.id)).all()
    requests = hold_open_requests(session, [duty.id for duty in held])
    for duty in held:
        duty.become(DutyState.RELEASED, "visit cancelled", at=at)
    session.flush()
    settle_of_duty(session, requests, by=by, at=at)
    letters = CalendarLink(link, choices_on(session, london_day(at)).feed_shows_suite)
    files = calendar_files(session, [visit.id], letters)
    for duty in held:
        said = f"This visit is cancelled: {reason.strip()}"
        _tell_released(session, duty, session.get_one(Person, duty.person_id), where, said, files)
    note(session, "cancel visit", "visit", visit.id, by=by, at=at)
    session.flush()


def _refuse_cancelling(visit: Visit, on: date, reason: str, today: date) -> None:
    if not reason.strip():
        raise RotaError("Say why the visit is cancelled: the reason stands in the figures.", field="reason")
    if on > today:
        raise RotaError("The day on which it was cancelled cannot be in the future.", field="cancelled_on")
    if on > visit.week_ends_on:
        raise RotaError(
            "By that day the week was over: the visit was missed, not cancelled.", field="cancelled_on"
        )
