"""Training taken elsewhere, such as e-learning: recorded for several people at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.records import TrainingFacts
from icv.services.training.catalogue import offered_course
from icv.services.training.errors import TrainingError
from icv.store.people import Training, people_chosen
from icv.store.trail import note


@dataclass(frozen=True, slots=True)
class Recorded:
    """For how many it was recorded, and for how many it was on record already."""

    added: int
    known: int


def record_taken(
    session: Session,
    person_ids: Collection[int],
    course_id: int,
    trained_on: date,
    expires_on: date | None = None,
    *,
    by: Actor,
    at: datetime,
) -> Recorded:
    """`expires_on` None: as the course has it. Who has the same course of the same day is left as they are.

    Two who record the same at once do so one after the other: the course is held. Raises TrainingError.
    """
    course = offered_course(session, course_id).facts
    facts = TrainingFacts(course.name, trained_on, expires_on or course.last_day(trained_on))
    for field, fault in facts.faults(london_day(at)).items():
        raise TrainingError(fault, field=field)
    people = people_chosen(session, person_ids)
    if not people:
        raise TrainingError("Choose at least one person")
    known = set(
        session.scalars(
            sa.select(Training.person_id).where(
                Training.person_id.in_([one.id for one in people]),
                Training.course == course.name,
                Training.trained_on == trained_on,
            )
        )
    )
    new = [
        Training(person_id=one.id, course=course.name, trained_on=trained_on, expires_on=facts.expires_on)
        for one in people
        if one.id not in known
    ]
    session.add_all(new)
    session.flush()
    for training in new:
        note(
            session, "add training", "person", training.person_id, by=by.account_id, at=at, record=training.id
        )
    return Recorded(len(new), len(people) - len(new))
