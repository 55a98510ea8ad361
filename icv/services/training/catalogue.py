"""The catalogue of courses: add, change, retire. The trainings taken follow a course that is renamed."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.courses import INITIAL_TRAINING, MOST_MONTHS, USUAL_COURSES, CourseFacts, CourseKind
from icv.services.meanwhile import changed_meanwhile
from icv.services.training.errors import TrainingError
from icv.store.courses import Course
from icv.store.people import Training
from icv.store.settings import last_change
from icv.store.trail import note


def add_course(session: Session, facts: CourseFacts, *, by: Actor, at: datetime) -> int:
    """A new course; its id. Raises TrainingError."""
    facts = _sound(session, facts)
    course = Course(name=facts.name, kind=facts.kind, valid_months=facts.valid_months)
    session.add(course)
    session.flush()
    note(session, "add", "course", course.id, by=by.account_id, at=at)
    return course.id


def add_usual_courses(session: Session, *, by: Actor, at: datetime) -> list[str]:
    """Those every scheme begins with, where there is none of the name; the names of those added."""
    known = {name.casefold() for name in session.scalars(sa.select(Course.name))}
    missing = [facts for facts in USUAL_COURSES if facts.name.casefold() not in known]
    for facts in missing:
        add_course(session, facts, by=by, at=at)
    return [facts.name for facts in missing]


def change_course(
    session: Session,
    course_id: int,
    facts: CourseFacts,
    *,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Returns how many trainings taken were renamed with it. Raises TrainingError.

    Days on which trainings run out stay as they were recorded: a new length counts from now on. `seen` is the
    stamp of the facts as the page showed them: nothing is written over unread.
    """
    course = held_course(session, course_id)
    facts = _sound(session, facts, own_id=course_id)
    if seen is not None and facts != course.facts and seen != course.facts.stamp:
        changed = last_change(session, "course", course_id)
        raise TrainingError(changed_meanwhile("course", changed, by), field="seen")
    if course.name == INITIAL_TRAINING and facts.name != INITIAL_TRAINING:
        raise TrainingError(
            f"“{INITIAL_TRAINING}” keeps its name: it is the one under which imported records are kept, and"
            " counts for every initial course. Add another course, and retire this one",
            field="name",
        )
    renamed = _rename_trainings(session, course.name, facts.name) if facts.name != course.name else 0
    course.name, course.kind, course.valid_months = facts.name, facts.kind, facts.valid_months
    session.flush()
    note(session, "change", "course", course_id, by=by.account_id, at=at, renamed=renamed)
    return renamed


def retire_course(session: Session, course_id: int, *, by: Actor, at: datetime) -> Course:
    """Nobody is asked for it any more; what was taken stays on record. Retiring it twice changes nothing."""
    return _set_retired(session, course_id, is_retired=True, by=by, at=at)


def offer_again(session: Session, course_id: int, *, by: Actor, at: datetime) -> Course:
    """Takes the retiring back."""
    return _set_retired(session, course_id, is_retired=False, by=by, at=at)


def held_course(session: Session, course_id: int) -> Course:
    """The course, kept from everybody else until the transaction ends."""
    course = session.get(Course, course_id, with_for_update=True, populate_existing=True)
    if course is None:
        raise TrainingError("This course is not in the catalogue any more. Go back to the list of courses.")
    return course


def offered_course(session: Session, course_id: int) -> Course:
    """The same, of those that may be taken still."""
    course = held_course(session, course_id)
    if course.is_retired:
        raise TrainingError(
            f"“{course.name}” is retired. Choose another course, or offer this one again", field="course_id"
        )
    return course


def _set_retired(session: Session, course_id: int, *, is_retired: bool, by: Actor, at: datetime) -> Course:
    course = held_course(session, course_id)
    if course.is_retired is not is_retired:
        course.is_retired = is_retired
        note(session, "retire" if is_retired else "offer", "course", course_id, by=by.account_id, at=at)
    return course


def _sound(session: Session, facts: CourseFacts, *, own_id: int | None = None) -> CourseFacts:
    """The facts with a tidy name. Raises TrainingError for what no course can be."""
    facts = replace(facts, name=" ".join(facts.name.split()))
    if not facts.name:
        raise TrainingError("Enter the name of the course", field="name")
    if facts.valid_months is not None and not 1 <= facts.valid_months <= MOST_MONTHS:
        raise TrainingError(
            f"Months must be a number from 1 to {MOST_MONTHS}, or empty if it counts for good",
            field="valid_months",
        )
    if facts.name == INITIAL_TRAINING and facts.kind is not CourseKind.INITIAL:
        raise TrainingError(
            f"“{INITIAL_TRAINING}” is {CourseKind.INITIAL.words}: choose another name, or that kind",
            field="kind",
        )
    same_name = sa.select(Course.id).where(sa.func.lower(Course.name) == facts.name.lower())
    if any(number != own_id for number in session.scalars(same_name)):
        raise TrainingError("There is a course of this name already", field="name")
    return facts


def _rename_trainings(session: Session, old: str, new: str) -> int:
    ids = session.scalars(
        sa.update(Training).where(Training.course == old).values(course=new).returning(Training.id)
    )
    return len(ids.all())
