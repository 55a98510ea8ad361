"""Letters about a session: a place given, changed, taken back or cancelled, and that it is near."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.sittings import when_in_words
from icv.rules.stages import GONE
from icv.rules.waking import next_waking
from icv.services import letters
from icv.store.courses import Course
from icv.store.people import Person, step_on
from icv.store.training import Booking, TrainingSession

AT_ONCE_BEFORE = timedelta(hours=18)
"""What is so near is told at once, by night too."""


def tell_booked(
    session: Session, sitting: TrainingSession, purpose: str, subject: str, said: str, *, at: datetime
) -> int:
    """One letter to each with a place on a session to come; how many were written."""
    if sitting.starts_at <= at:
        return 0
    asked = sa.select(Booking.person_id).where(Booking.session_id == sitting.id)
    return tell(session, sitting, list(session.scalars(asked)), purpose, subject, said, about=at, at=at)


def tell(
    session: Session,
    sitting: TrainingSession,
    person_ids: list[int],
    purpose: str,
    subject: str,
    said: str,
    *,
    about: datetime,
    at: datetime,
) -> int:
    """`about` is the moment that tells this letter from another of its purpose: it is written once.

    Who will have gone by the day of the session is not written to.
    """
    step, is_theirs = step_on(london_day(sitting.starts_at))
    course = session.get_one(Course, sitting.course_id).name
    where = f"- {sitting.place}\n" if sitting.place else ""
    sitting_in_words = f"- {course}\n- {when_in_words(sitting.starts_at, sitting.ends_at)}\n{where}"
    people = session.execute(
        sa.select(Person.id, Person.name, Person.email)
        .select_from(Person)
        .outerjoin(step, is_theirs)
        .where(Person.id.in_(person_ids), step.stage.is_(None) | step.stage.not_in(GONE))
        .order_by(Person.id)
    )
    return sum(
        letters.write(
            session,
            purpose,
            f"session {sitting.id}, person {person_id}, {about:%Y-%m-%d %H:%M:%S.%f}",
            email,
            f"{subject}: {course}",
            f"Dear {name},\n\n{said}\n\n{sitting_in_words}",
            at=at,
            not_before=at if sitting.starts_at - at < AT_ONCE_BEFORE else next_waking(at),
        )
        for person_id, name, email in people
    )
