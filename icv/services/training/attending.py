"""Attendance: who came is recorded as trained, a roomful at once; ticked again, it is corrected."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.courses import CourseFacts
from icv.rules.days import day_in_words, london, london_day
from icv.rules.sittings import given_back_meanwhile, settled_meanwhile
from icv.rules.words import plural
from icv.services.training.booking import give_places
from icv.services.training.catalogue import held_course
from icv.services.training.errors import TrainingError
from icv.services.training.sittings import held_session
from icv.store.people import Training, people_chosen
from icv.store.trail import note
from icv.store.training import Booking, TrainingSession


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came of how many with a place, and how many trainings this act added and took back."""

    came: int
    booked: int
    added: int
    taken_back: int


def take_attendance(
    session: Session,
    session_id: int,
    *,
    listed: Collection[int],
    came: Collection[int],
    seen: Mapping[int, bool | None] | None = None,
    by: Actor,
    at: datetime,
) -> Attendance:
    """Settles everybody who was `listed`, and nobody else: somebody may have been booked since the page was
    opened. Who `came` without a place is given one, and no letter. `seen` is who was on record as having come
    when the page was opened: what somebody else has said since is not written over. Raises TrainingError
    before the day, and where nobody is listed and nobody came.
    """
    sitting = held_session(session, session_id)
    if london_day(sitting.starts_at) > london_day(at):
        raise TrainingError("This session is still to come: take the attendance from its day on.")
    if not (listed or came):
        raise TrainingError("Nobody is listed: tick who came, or cancel the session if nobody did.")
    course = held_course(session, sitting.course_id).facts
    places = _places(session, session_id)
    if seen is not None:
        _refuse_writing_over(sitting, places, seen, came)
    walked_in = [one.id for one in people_chosen(session, set(came) - set(places))]
    places |= {one.person_id: one for one in give_places(session, sitting, walked_in, by=by, at=at)}
    settled = [places[person_id] for person_id in sorted(set(places) & (set(listed) | set(came)))]
    new = [one for one in settled if one.person_id in came and not (one.has_attended and one.training_id)]
    gone = [one for one in settled if one.person_id not in came]
    _record(session, new, course, london_day(sitting.starts_at), by=by, at=at)
    taken_back = _take_back(session, gone, by=by, at=at)
    sitting.settled_at = at
    session.flush()
    note(session, "take attendance", "training session", session_id, by=by.account_id, at=at)
    attended = sum(place.has_attended is True for place in places.values())
    return Attendance(attended, len(places), len(new), taken_back)


def _refuse_writing_over(
    sitting: TrainingSession,
    places: Mapping[int, Booking],
    seen: Mapping[int, bool | None],
    came: Collection[int],
) -> None:
    now = {person_id: place.has_attended for person_id, place in places.items()}
    said = []
    if sitting.settled_at is not None and (otherwise := settled_meanwhile(seen, now, came)):
        people = plural(len(otherwise), "person is", "people are")
        taken_at = london(sitting.settled_at)
        said.append(
            f"Somebody took this attendance on {day_in_words(taken_at.date())} at {taken_at:%H:%M}, after you"
            f" opened the page: {people} on record otherwise than you ticked"
        )
    if without := given_back_meanwhile(seen, now, came):
        people = plural(len(without), "person whom you ticked has", "people whom you ticked have")
        said.append(f"After you opened the page a place was given back: {people} none any more")
    if said:
        end = "Who stands below; your ticks are still here. Save again to put yours in their place"
        raise TrainingError(". ".join([*said, end]), field="seen")


def _places(session: Session, session_id: int) -> dict[int, Booking]:
    asked = sa.select(Booking).where(Booking.session_id == session_id)
    found = session.scalars(asked, execution_options={"populate_existing": True})
    return {place.person_id: place for place in found}


def _record(
    session: Session, places: Sequence[Booking], course: CourseFacts, on: date, *, by: Actor, at: datetime
) -> None:
    """A training for each who came."""
    trainings = [
        Training(person_id=place.person_id, course=course.name, trained_on=on, expires_on=course.last_day(on))
        for place in places
    ]
    session.add_all(trainings)
    session.flush()
    for place, training in zip(places, trainings, strict=True):
        place.has_attended, place.training_id = True, training.id
        _note(session, "add training", place, training.id, by=by, at=at)


def _take_back(session: Session, places: Sequence[Booking], *, by: Actor, at: datetime) -> int:
    """The trainings that this session made for them, never another one; how many there were."""
    made = {place.training_id: place for place in places if place.training_id is not None}
    for place in places:
        place.has_attended, place.training_id = False, None
    session.flush()
    session.execute(sa.delete(Training).where(Training.id.in_(made)))
    for training_id, place in made.items():
        _note(session, "remove training", place, training_id, by=by, at=at)
    return len(made)


def _note(session: Session, act: str, place: Booking, record: int, *, by: Actor, at: datetime) -> None:
    details = {"record": record, "sitting": place.session_id}
    note(session, act, "person", place.person_id, by=by.account_id, at=at, **details)
