"""A coordinator in a browser, a course and its sessions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.courses import INITIAL_TRAINING, CourseKind
from icv.store.courses import Course
from icv.store.people import Person, Training
from icv.store.training import Booking, TrainingSession
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

Browse = Callable[..., Browser]


@pytest.fixture
def browser(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def refresher(make: Workshop) -> Course:
    course: Course = make.keep(Course(name="Refresher", kind=CourseKind.KEPT_UP, valid_months=12))
    return course


def sitting(
    make: Workshop, course: Course, days: int = 10, *booked: Person, **more: object
) -> TrainingSession:
    made: TrainingSession = make.keep(
        TrainingSession(course_id=course.id, starts_at=NOW + timedelta(days=days), place="Town Hall", **more)
    )
    for person in booked:
        make.keep(Booking(session_id=made.id, person_id=person.id, booked_at=NOW - timedelta(days=20)))
    return made


def taken(session: Session, person: Person) -> list[tuple[str, date, date | None]]:
    session.commit()
    rows = session.execute(
        sa.select(Training.course, Training.trained_on, Training.expires_on)
        .where(Training.person_id == person.id, Training.course != INITIAL_TRAINING)
        .order_by(Training.id)
    )
    return [(course, on, until) for course, on, until in rows]
