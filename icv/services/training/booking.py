"""Places on a session: given to several at once, and given back."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.sittings import are_at_once, when_in_words
from icv.rules.stages import GONE
from icv.services.training.errors import TrainingError
from icv.services.training.sittings import held_session
from icv.services.training.telling import tell
from icv.store.courses import Course
from icv.store.people import Person, people_chosen
from icv.store.trail import note
from icv.store.training import Booking, TrainingSession

HOW_TO_CANCEL = "If you cannot come, please tell the office as soon as you can."


def book(session: Session, session_id: int, person_ids: Collection[int], *, by: Actor, at: datetime) -> int:
    """Gives each a place and writes to them, or raises TrainingError, and then nobody has one; how many."""
    sitting = held_session(session, session_id)
    if london_day(sitting.starts_at) < london_day(at):
        raise TrainingError("This session is over: add whoever came when you take the attendance.")
    people = _to_book(session, person_ids)
    _refuse_booked_twice(session, sitting, people)
    _refuse_beyond_places(session, sitting, len(people))
    give_places(session, sitting, people, by=by, at=at)
    if sitting.starts_at > at:
        said = f"You have a place on this training. {HOW_TO_CANCEL}"
        tell(
            session,
            sitting,
            list(people),
            "training booked",
            "Your place on a training",
            said,
            about=at,
            at=at,
        )
    return len(people)


def unbook(session: Session, session_id: int, person_id: int, *, by: Actor, at: datetime) -> str:
    """Gives the place back; returns whose it was. Raises TrainingError once attendance was taken of them."""
    sitting = held_session(session, session_id)
    place = session.get(Booking, (session_id, person_id), populate_existing=True)
    if place is None:
        raise TrainingError("They have no place on this session any more.")
    if place.has_attended is not None:
        raise TrainingError("Whether they came is on record: correct the attendance instead.")
    session.delete(place)
    session.flush()
    note(
        session, "give back place", "training session", session_id, by=by.account_id, at=at, person=person_id
    )
    if sitting.starts_at > at:
        said = "You no longer have a place on this training:"
        subject = "Your place is given back"
        tell(session, sitting, [person_id], "training place given back", subject, said, about=at, at=at)
    return session.get_one(Person, person_id).name


def give_places(
    session: Session, sitting: TrainingSession, person_ids: Collection[int], *, by: Actor, at: datetime
) -> list[Booking]:
    """A place each, nobody asked and nobody told."""
    places = [Booking(session_id=sitting.id, person_id=person_id, booked_at=at) for person_id in person_ids]
    session.add_all(places)
    session.flush()
    for place in places:
        note(
            session,
            "book",
            "training session",
            sitting.id,
            by=by.account_id,
            at=at,
            person=place.person_id,
        )
    return places


def _to_book(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Names by id, of people who have not gone."""
    found = people_chosen(session, person_ids)
    if not found:
        raise TrainingError("Choose at least one person")
    if gone := [one.name for one in found if one.stage in GONE]:
        raise TrainingError(f"No longer with the scheme: {', '.join(gone)}. Leave them out")
    return {one.id: one.name for one in found}


def _refuse_booked_twice(session: Session, sitting: TrainingSession, people: dict[int, str]) -> None:
    """On this session, or on another that is at the same time."""
    others = session.execute(
        sa.select(
            Booking.person_id,
            TrainingSession.id,
            TrainingSession.starts_at,
            TrainingSession.ends_at,
            Course.name,
        )
        .join(TrainingSession, TrainingSession.id == Booking.session_id)
        .join(Course, Course.id == TrainingSession.course_id)
        .where(Booking.person_id.in_(people), TrainingSession.cancelled_at.is_(None))
        .order_by(TrainingSession.starts_at, Booking.person_id)
    ).all()
    if twice := [people[person_id] for person_id, number, *_ in others if number == sitting.id]:
        raise TrainingError(f"With a place already: {', '.join(sorted(twice))}. Leave them out")
    for person_id, _, starts_at, ends_at, course in others:
        if are_at_once((sitting.starts_at, sitting.ends_at), (starts_at, ends_at)):
            elsewhere = f"{course}, {when_in_words(starts_at, ends_at)}"
            raise TrainingError(f"{people[person_id]} has a place elsewhere at that time: {elsewhere}")


def _refuse_beyond_places(session: Session, sitting: TrainingSession, more: int) -> None:
    if sitting.places is None:
        return
    asked = sa.select(sa.func.count()).select_from(Booking).where(Booking.session_id == sitting.id)
    booked = session.scalar(asked) or 0
    if booked + more > sitting.places:
        raise TrainingError(
            f"{booked} of {sitting.places} places are taken: there is no room for {more} more. Choose fewer,"
            " or change the session to have more places"
        )
