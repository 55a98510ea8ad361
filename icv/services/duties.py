"""Answers to duties: a visitor, or the coordinator for them, accepts a place on a visit or says no to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refusals import Refusal
from icv.rules.visits import DutyState
from icv.services.cover.holding import (
    NOT_YOURS,
    hold_duties,
    hold_open_requests,
    is_acting,
    may_act_for,
)
from icv.services.cover.settling import settle_of_duty
from icv.services.cover.telling import tell_coordinators, write_to
from icv.services.people.releasing import tell_partners
from icv.store.cover import DutyInHand, duty_in_hand
from icv.store.people import Person
from icv.store.trail import note
from icv.store.visits import Duty, Visit


class DutyError(Refusal):
    """Why a duty cannot be answered so, in a sentence that may be shown."""


def accept(session: Session, duty_id: int, *, by: Actor, at: datetime) -> None:
    """Accepting twice changes nothing. Raises DutyError for a duty that can no longer be accepted."""
    duty = _answerable(session, duty_id, by)
    if duty.state is DutyState.ACCEPTED:
        return
    _refuse_late(session, duty, at)
    if duty.state is not DutyState.OFFERED:
        raise DutyError(
            "This visit is no longer yours to accept. Ask the coordinator if you would like to make it."
        )
    _answer(session, duty, DutyState.ACCEPTED, "", "accept duty", by=by, at=at)
    if is_acting(duty.person_id, by):
        _tell_answered_for(session, duty, "accepted", "It is yours now.", at=at)


def decline(session: Session, duty_id: int, reason: str, *, by: Actor, at: datetime, link: str = "") -> None:
    """Leaves the place open; also after accepting. Declining twice changes nothing. Raises DutyError.

    The coordinators are told at once by day, with the reason and the `link` to where they find somebody else;
    the other visitor of the pair is told without it; nobody is asked for cover any more.
    """
    duty = _answerable(session, duty_id, by)
    requests = hold_open_requests(session, [duty_id])
    if duty.state in {DutyState.DECLINED, DutyState.RELEASED}:
        return
    _refuse_late(session, duty, at)
    _answer(session, duty, DutyState.DECLINED, reason.strip(), "decline duty", by=by, at=at)
    settle_of_duty(session, requests, by=by.account_id, at=at)
    tell_partners(session, session.get_one(Person, duty.person_id), [duty], at=at)
    _tell_declined(session, duty, link, by=by, at=at)
    if is_acting(duty.person_id, by):
        _tell_answered_for(session, duty, "declined", "It is off your list.", at=at)


def _answerable(session: Session, duty_id: int, by: Actor) -> Duty:
    duty = hold_duties(session, [duty_id]).get(duty_id)
    if duty is None or not may_act_for(duty.person_id, by):
        raise DutyError(NOT_YOURS)
    return duty


def _refuse_late(session: Session, duty: Duty, at: datetime) -> None:
    visit = session.get_one(Visit, duty.visit_id)
    if visit.outcome is not None or visit.week_ends_on < london_day(at):
        raise DutyError("This visit is over: tell the coordinator if what stands there is wrong.")


def _answer(
    session: Session, duty: Duty, state: DutyState, reason: str, act: str, *, by: Actor, at: datetime
) -> None:
    duty.become(state, reason, at=at)
    duty.was_answered_for = is_acting(duty.person_id, by)
    note(session, act, "duty", duty.id, by=by.account_id, at=at)
    session.flush()


def _tell_declined(session: Session, duty: Duty, link: str, *, by: Actor, at: datetime) -> None:
    known = _in_hand(session, duty)
    acting = is_acting(duty.person_id, by)
    who = f"The coordinator {by.name} answered for {known.name}, who" if acting else known.name
    why = f"\nThey say: {duty.reason}\n" if duty.reason else "\nThey give no reason.\n"
    find = f"\nFind somebody else: {link}\n" if link else ""
    tell_coordinators(
        session,
        "duty declined",
        f"duty {duty.id}, {duty.sequence}",
        f"{known.name} cannot make a visit",
        f"{who} cannot make this visit:\n\n- {known.words}\n{why}{find}",
        but=by.account_id,
        at=at,
    )


def _tell_answered_for(session: Session, duty: Duty, what: str, so: str, *, at: datetime) -> None:
    known = _in_hand(session, duty)
    write_to(
        session,
        known,
        "answered for you",
        f"duty {duty.id}, {duty.sequence}",
        f"The coordinator {what} a visit for you",
        f"The coordinator answered for you and {what} this visit:\n\n- {known.words}\n\n{so}"
        " If that is wrong, tell the coordinator.\n",
        at=at,
    )


def _in_hand(session: Session, duty: Duty) -> DutyInHand:
    known = duty_in_hand(session, duty.id)
    if known is None:
        raise DutyError(NOT_YOURS)
    return known
