"""Sessions: added, changed and cancelled; whoever has a place is told by letter."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.sittings import SittingFacts
from icv.rules.words import plural
from icv.services.training.catalogue import offered_course
from icv.services.training.errors import TrainingError
from icv.services.training.telling import tell_booked
from icv.store.trail import note
from icv.store.training import Booking, TrainingSession


def add_session(session: Session, facts: SittingFacts, *, by: Actor, at: datetime) -> int:
    """Its id; one that is over may be recorded for its attendance. Raises TrainingError.

    Sent twice it is one: where there is exactly such a session, its id.
    """
    _refuse_impossible(facts, at)
    offered_course(session, facts.course_id)
    if (same := _same(session, facts)) is not None:
        return same
    sitting = TrainingSession()
    _take(sitting, facts)
    session.add(sitting)
    session.flush()
    note(session, "add", "training session", sitting.id, by=by.account_id, at=at)
    return sitting.id


def change_session(session: Session, session_id: int, facts: SittingFacts, *, by: Actor, at: datetime) -> int:
    """Returns how many were written to: those with a place, when time, place or course are other ones."""
    sitting = open_session(session, session_id)
    _refuse_impossible(facts, at)
    if facts.course_id != sitting.course_id:
        offered_course(session, facts.course_id)
    _refuse_fewer_places(session, session_id, facts.places)
    before = _as_told(sitting)
    _take(sitting, facts)
    _unsettle(session, sitting)
    note(session, "change", "training session", session_id, by=by.account_id, at=at)
    if before == _as_told(sitting):
        return 0
    said = "The training on which you have a place has changed. It is now:"
    return tell_booked(session, sitting, "training changed", "Your training has changed", said, at=at)


def cancel_session(session: Session, session_id: int, reason: str, *, by: Actor, at: datetime) -> int:
    """Returns how many were written to. Raises TrainingError once attendance was taken, or a second time."""
    sitting = open_session(session, session_id)
    if not reason.strip():
        raise TrainingError("Enter the reason: whoever has a place is told it", field="reason")
    sitting.cancelled_at, sitting.cancelled_reason = at, reason.strip()
    session.flush()
    note(session, "cancel", "training session", session_id, by=by.account_id, at=at)
    said = f"This training is cancelled: {sitting.cancelled_reason}\n\nYou had a place on it:"
    return tell_booked(session, sitting, "training cancelled", "Your training is cancelled", said, at=at)


def held_session(session: Session, session_id: int) -> TrainingSession:
    """The session, kept from everybody else until the transaction ends."""
    sitting = session.get(TrainingSession, session_id, with_for_update=True, populate_existing=True)
    if sitting is None:
        raise TrainingError("This session is not on record any more. Go back to the list of sessions.")
    if sitting.cancelled_at is not None:
        raise TrainingError("This session is cancelled. Add another one instead.")
    return sitting


def open_session(session: Session, session_id: int) -> TrainingSession:
    """The same, while nobody is on record as having come."""
    sitting = held_session(session, session_id)
    came = sa.exists().where(Booking.session_id == session_id, Booking.has_attended.is_(True))
    if session.scalar(sa.select(came)):
        raise TrainingError(
            "Attendance has been taken, and the training recorded. Correct the attendance first: untick"
            " everybody."
        )
    return sitting


def _same(session: Session, facts: SittingFacts) -> int | None:
    return session.scalar(
        sa.select(TrainingSession.id)
        .where(
            TrainingSession.course_id == facts.course_id,
            TrainingSession.starts_at == facts.starts_at,
            TrainingSession.ends_at == facts.ends_at,
            TrainingSession.place == facts.place.strip(),
            TrainingSession.places == facts.places,
            TrainingSession.cancelled_at.is_(None),
        )
        .limit(1)
    )


def _refuse_impossible(facts: SittingFacts, at: datetime) -> None:
    for field, fault in facts.faults(at).items():
        raise TrainingError(fault, field=field)


def _refuse_fewer_places(session: Session, session_id: int, places: int | None) -> None:
    asked = sa.select(sa.func.count()).select_from(Booking).where(Booking.session_id == session_id)
    booked = session.scalar(asked) or 0
    if places is not None and places < booked:
        raise TrainingError(f"{plural(booked, 'place')} are taken: give back some first", field="places")


def _take(sitting: TrainingSession, facts: SittingFacts) -> None:
    sitting.course_id = facts.course_id
    sitting.starts_at, sitting.ends_at = facts.starts_at, facts.ends_at
    sitting.place, sitting.places = facts.place.strip(), facts.places


def _unsettle(session: Session, sitting: TrainingSession) -> None:
    """Attendance at which nobody came is forgotten: the session may be held after all."""
    sitting.settled_at = None
    session.flush()
    session.execute(sa.update(Booking).where(Booking.session_id == sitting.id).values(has_attended=None))


def _as_told(sitting: TrainingSession) -> tuple[int, datetime, datetime | None, str]:
    """What a letter says of it."""
    return sitting.course_id, sitting.starts_at, sitting.ends_at, sitting.place
