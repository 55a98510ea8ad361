"""The catalogue of courses: added, renamed, retired; on both databases."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind
from icv.services import training as desk
from icv.services.training import TrainingError
from icv.store.courses import Course, courses
from icv.store.people import Training
from icv.store.trail import TrailEntry
from tests.services.training.conftest import sitting, trainings
from tests.workshop import NOW, TODAY, Workshop


def test_the_usual_courses_are_added_once(session: Session, by: Actor) -> None:
    added = desk.add_usual_courses(session, by=by, at=NOW)
    assert added == [INITIAL_TRAINING, "Refresher", "Terrorism visits"]
    assert desk.add_usual_courses(session, by=by, at=NOW) == []
    assert [one.valid_months for one in courses(session)] == [None, 12, None]


def test_renaming_a_course_renames_the_trainings_taken(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person, other = make.person(), make.person()
    desk.record_taken(session, [person.id], course_id, TODAY, by=by, at=NOW)
    other.trainings.append(Training(course="Refreshers of another kind", trained_on=TODAY))
    renamed = desk.change_course(
        session, course_id, CourseFacts("Yearly  refresher ", CourseKind.KEPT_UP, 24), by=by, at=NOW
    )
    assert renamed == 1
    assert trainings(session, person) == [("Yearly refresher", TODAY, date(2027, 3, 3))]
    assert trainings(session, other)[0][0] == "Refreshers of another kind"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (CourseFacts("  ", CourseKind.OTHER), "name"),
        (CourseFacts("refresher", CourseKind.OTHER), "name"),
        (CourseFacts("First aid", CourseKind.OTHER, 0), "valid_months"),
        (CourseFacts("First aid", CourseKind.OTHER, 121), "valid_months"),
        (CourseFacts(INITIAL_TRAINING, CourseKind.KEPT_UP), "kind"),
    ],
)
@pytest.mark.usefixtures("course_id")
def test_what_no_course_can_be_is_refused(
    session: Session, by: Actor, facts: CourseFacts, field: str
) -> None:
    with pytest.raises(TrainingError) as refusal:
        desk.add_course(session, facts, by=by, at=NOW)
    assert refusal.value.field == field


def test_the_name_of_imported_trainings_stays(session: Session, by: Actor) -> None:
    number = desk.add_course(session, CourseFacts(INITIAL_TRAINING, CourseKind.INITIAL), by=by, at=NOW)
    with pytest.raises(TrainingError, match="keeps its name"):
        desk.change_course(session, number, CourseFacts("Foundation", CourseKind.INITIAL), by=by, at=NOW)
    desk.change_course(session, number, CourseFacts(INITIAL_TRAINING, CourseKind.INITIAL, 36), by=by, at=NOW)
    assert session.get_one(Course, number).valid_months == 36


def test_a_retired_course_is_offered_no_more_until_it_is_again(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    desk.retire_course(session, course_id, by=by, at=NOW)
    desk.retire_course(session, course_id, by=by, at=NOW)
    with pytest.raises(TrainingError, match="is retired"):
        sitting(session, course_id, by)
    with pytest.raises(TrainingError, match="is retired"):
        desk.record_taken(session, [person.id], course_id, TODAY, by=by, at=NOW)
    desk.offer_again(session, course_id, by=by, at=NOW)
    assert sitting(session, course_id, by)
    asked = sa.select(TrailEntry.act).where(TrailEntry.subject == "course").order_by(TrailEntry.id)
    assert list(session.scalars(asked)) == ["add", "retire", "offer"]
