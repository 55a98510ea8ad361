"""A course of the scheme, and a coordinator who runs its sessions."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind
from icv.rules.sittings import SittingFacts
from icv.services import training as desk
from icv.store.letters import Letter
from icv.store.people import Person, Training
from tests.workshop import NOW, Workshop

SOON = NOW + timedelta(days=10)
REFRESHER = CourseFacts("Refresher", CourseKind.KEPT_UP, 12)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def course_id(session: Session, by: Actor) -> int:
    return desk.add_course(session, REFRESHER, by=by, at=NOW)


def sitting(session: Session, course_id: int, by: Actor, starts_at: datetime = SOON, **more: object) -> int:
    facts = SittingFacts(course_id, starts_at, starts_at + timedelta(hours=2), "Town Hall", **more)  # type: ignore[arg-type]
    return desk.add_session(session, facts, by=by, at=NOW)


def letters_to(session: Session, person: Person) -> list[str]:
    asked = sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
    return list(session.scalars(asked))


def trainings(session: Session, person: Person) -> list[tuple[str, date, date | None]]:
    rows = session.execute(
        sa.select(Training.course, Training.trained_on, Training.expires_on)
        .where(Training.person_id == person.id, Training.course != INITIAL_TRAINING)
        .order_by(Training.id)
    )
    return [(course, on, until) for course, on, until in rows]
