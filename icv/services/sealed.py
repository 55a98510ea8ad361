"""A pair agrees the day and time of its visit, sealed; in an emergency it is opened, and both know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period
from icv.rules.refusals import Refusal
from icv.rules.sealed import time_in_words, why_not_at
from icv.rules.visits import HELD, DutyState, visit_in_words
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.reports.drafts import locked_visit
from icv.store import sealed as store
from icv.store.people import Person
from icv.store.sealed import STEP, OpenedTime, SealOpening, SeenTime, sealed_time_seen_by
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Duty, Visit

AddressOf = Callable[[int], str]
"""The full address of the page on which the holder of a duty agrees its time."""

PROPOSED, AGREED, TAKEN_BACK = ABOUT_TIMES = ("time proposed", "time agreed", "time taken back")
"""What letters from one of the pair to the other are about."""


class TimeError(Refusal):
    """Why a time is not agreed, or not opened, in a sentence that may be shown."""


@dataclass(frozen=True, slots=True)
class _Place:
    duty_id: int
    person_id: int
    name: str
    email: str
    state: DutyState


@dataclass(frozen=True, slots=True)
class _Pair:
    """A locked visit, the actor's place on it and the partner's."""

    visit: Visit
    own: _Place
    other: _Place


def propose(
    session: Session, visit_id: int, starts_at: datetime, address_of: AddressOf, *, by: Actor, at: datetime
) -> bool:
    """The last one proposed stands and waits for the other's yes; whether it is agreed by now.

    It is where the other had proposed the very same. An agreed time gives way. Raises TimeError.
    """
    pair = _pair(session, visit_id, by)
    week = Period(pair.visit.week_starts_on, pair.visit.week_ends_on)
    if fault := why_not_at(starts_at, week, at):
        raise TimeError(fault, field="clock")
    stands = sealed_time_seen_by(session, by, visit_id)
    if stands and stands.starts_at == starts_at:
        if not stands.is_own and not stands.is_agreed:
            _agree(session, pair, address_of, by=by, at=at)
            return True
        return stands.is_agreed
    sequence = store.put(session, visit_id, starts_at, pair.own.duty_id, pair.other.duty_id, at=at)
    note(session, "propose time", "visit", visit_id, by=by.account_id, at=at)
    said = f"{pair.own.name} proposes a day and time for your visit."
    if stands and stands.is_agreed:
        said = f"{pair.own.name} proposes another day or time. The one you had agreed no longer stands."
    _tell_other(session, pair, PROPOSED, sequence, "A time for your visit", said, address_of, at=at)
    return False


def agree(
    session: Session, visit_id: int, seen: int, address_of: AddressOf, *, by: Actor, at: datetime
) -> None:
    """Agrees to the time whose sequence was seen, and to no other. Agreeing twice changes nothing.

    Raises TimeError.
    """
    pair = _pair(session, visit_id, by)
    stands = sealed_time_seen_by(session, by, visit_id)
    if stands is None:
        raise TimeError(f"That time was taken back. Propose another to {pair.other.name}.")
    if stands.is_agreed and seen in (stands.sequence, stands.sequence - STEP):
        return
    _refuse_unseen(stands, seen)
    if stands.is_own:
        raise TimeError(f"You proposed this yourself: {pair.other.name} agrees to it, or proposes another.")
    if stands.starts_at <= at:
        raise TimeError("That time has passed. Propose a later one.")
    _agree(session, pair, address_of, by=by, at=at)


def take_back(
    session: Session, visit_id: int, seen: int, address_of: AddressOf, *, by: Actor, at: datetime
) -> None:
    """Nothing is agreed or proposed any more; either of the two may say so. Raises TimeError."""
    pair = _pair(session, visit_id, by)
    stands = sealed_time_seen_by(session, by, visit_id)
    if stands is None:
        return
    _refuse_unseen(stands, seen)
    sequence = store.forget(session, visit_id, at=at)
    note(session, "take time back", "visit", visit_id, by=by.account_id, at=at)
    said = f"{pair.own.name} took back the day and time of your visit: none stands now. Propose another."
    _tell_other(session, pair, TAKEN_BACK, sequence, "No time for your visit", said, address_of, at=at)


def open_in_emergency(session: Session, visit_id: int, reason: str, *, by: Actor, at: datetime) -> OpenedTime:
    """Shows the time to a coordinator this once; both visitors are told, day or night. Raises TimeError."""
    reason = reason.strip()
    if not reason:
        raise TimeError("Say why you have to know: both visitors read it", field="reason")
    visit = locked_visit(session, visit_id)
    if visit.outcome is not None:
        raise TimeError("Nothing is sealed any more: what became of this visit is on record.")
    opening = SealOpening(visit_id=visit_id, opened_at=at, opened_by_id=by.account_id, reason=reason)
    session.add(opening)
    session.flush()
    time = store.opened_time(session, opening.id)
    if time is None:
        raise TimeError("Its two visitors have agreed no time, and none is proposed. Call them.")
    note(session, "open sealed time", "visit", visit_id, by=by.account_id, at=at, opening=opening.id)
    for place in _places(session, visit_id):
        letters.write(
            session,
            "sealed time opened",
            f"opening {opening.id}, duty {place.duty_id}",
            place.email,
            "The coordinator opened the time of your visit",
            f"Dear {place.name},\n\n{by.name} opened the day and time of your visit on"
            f" {time_in_words(at)}, and has seen it:\n\n- {_where(session, visit)}\n\n"
            f"The reason given: {reason}\n\nThis is on record. If you think that it was not an emergency,"
            " or that the time should not stand now, propose another.\n",
            at=at,
        )
    return time


def forget_fallen(session: Session, *, at: datetime) -> None:
    """Removes times of pairs that have changed and of visits settled otherwise: nobody reads them."""
    for visit_id in store.fallen(session):
        locked_visit(session, visit_id)
        if store.fallen(session, visit_id):
            store.forget(session, visit_id, at=at)


def _pair(session: Session, visit_id: int, by: Actor) -> _Pair:
    """The visit is the actor's alone to settle until the transaction ends. Raises TimeError."""
    visit = locked_visit(session, visit_id)
    places = _places(session, visit_id)
    own = next((place for place in places if place.person_id == by.person_id), None)
    if own is None:
        raise TimeError("This visit is not on your list.")
    if visit.outcome is not None:
        raise TimeError("This visit is over: tell the coordinator if what stands there is wrong.")
    other = next((place for place in places if place is not own), None)
    if other is None:
        raise TimeError("Nobody has the other place yet, and nobody visits alone. Agree once somebody has.")
    if own.state is not DutyState.ACCEPTED:
        raise TimeError("Accept this visit first, then agree its time.")
    return _Pair(visit, own, other)


def _places(session: Session, visit_id: int) -> list[_Place]:
    rows = session.execute(
        sa.select(Duty.id, Duty.person_id, Person.name, Person.email, Duty.state)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.visit_id == visit_id, Duty.state.in_(HELD))
        .order_by(Duty.place)
    )
    return [_Place(*row) for row in rows]


def _refuse_unseen(stands: SeenTime, seen: int) -> None:
    if stands.sequence != seen:
        raise TimeError("It was changed while you looked. Look at what stands now, and answer that.")


def _agree(session: Session, pair: _Pair, address_of: AddressOf, *, by: Actor, at: datetime) -> None:
    sequence = store.mark_agreed(session, pair.visit.id, at=at)
    note(session, "agree time", "visit", pair.visit.id, by=by.account_id, at=at)
    said = f"{pair.own.name} agrees to the day and time of your visit."
    _tell_other(session, pair, AGREED, sequence, "The time of your visit", said, address_of, at=at)


def _tell_other(
    session: Session,
    pair: _Pair,
    purpose: str,
    sequence: int | None,
    subject: str,
    said: str,
    address_of: AddressOf,
    *,
    at: datetime,
) -> None:
    """That there is something to look at, never when: letters are read by others, too.

    Where the last that waits to go says already that a time is proposed, it speaks of this one as well.
    """
    of_visit = f"visit {pair.visit.id}, "
    if (
        purpose == PROPOSED
        and letters.waits_last(session, ABOUT_TIMES, of_visit, pair.other.email) == PROPOSED
    ):
        return
    letters.write(
        session,
        purpose,
        f"{of_visit}{sequence}",
        pair.other.email,
        subject,
        f"Dear {pair.other.name},\n\n{said}\n\n- {_where(session, pair.visit)}\n\nLook at it here:\n\n"
        f"{address_of(pair.other.duty_id)}\n\nLetters do not say the day or the time: only you two see it."
        " Nor does a calendar file sent by letter, which shows the week. A calendar of your own, offered"
        " under My duties, shows the time once it is agreed.\n",
        at=at,
        not_before=next_waking(at),
    )


def _where(session: Session, visit: Visit) -> str:
    suite = session.get_one(Suite, visit.suite_id)
    return visit_in_words(suite.name, visit.week_starts_on, visit.week_ends_on)
