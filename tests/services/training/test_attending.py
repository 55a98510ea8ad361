"""Attendance of a session makes trainings, and training taken elsewhere is recorded; on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import midnight
from icv.rules.records import TrainingFacts
from icv.rules.sittings import SittingFacts
from icv.rules.stages import Stage
from icv.services import people
from icv.services import training as desk
from icv.services.training import TrainingError
from icv.store.training import Booking, TrainingSession, booked_on, session_line
from tests.services.training.conftest import SOON, letters_to, sitting, trainings
from tests.workshop import NOW, TODAY, Workshop


def test_a_roomful_is_trained_at_once_and_dated_in_london(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    summer_night = datetime.fromisoformat("2026-06-30T23:30:00+00:00")  # 1 July, 00:30, in London
    came, missed, walked_in = make.person(), make.person(), make.person()
    number = sitting(session, course_id, by, summer_night)
    desk.book(session, number, [came.id, missed.id], by=by, at=NOW)
    taken = desk.take_attendance(
        session,
        number,
        listed=[came.id, missed.id],
        came=[came.id, walked_in.id],
        by=by,
        at=summer_night + timedelta(hours=3),
    )
    assert taken == desk.Attendance(came=2, booked=3, added=2, taken_back=0)
    for person in (came, walked_in):
        assert trainings(session, person) == [("Refresher", date(2026, 7, 1), date(2027, 6, 30))]
    assert trainings(session, missed) == []
    assert letters_to(session, walked_in) == []
    assert session.get_one(TrainingSession, number).settled_at is not None


def test_ticking_again_corrects_what_this_session_made_and_nothing_else(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person, other = make.person(), make.person()
    desk.record_taken(session, [person.id], course_id, TODAY - timedelta(days=1), by=by, at=NOW)
    number = sitting(session, course_id, by, NOW - timedelta(hours=4))
    both = [person.id, other.id]

    def settle(*came: int) -> desk.Attendance:
        return desk.take_attendance(session, number, listed=both, came=came, by=by, at=NOW)

    assert settle(*both).added == 2
    assert settle(*both).added == 0
    assert len(trainings(session, person)) == 2
    assert settle(other.id).taken_back == 1
    assert trainings(session, person) == [("Refresher", TODAY - timedelta(days=1), date(2027, 3, 2))]
    assert settle(person.id) == desk.Attendance(came=1, booked=2, added=1, taken_back=1)
    assert len(trainings(session, person)) == 2
    assert trainings(session, other) == []


def test_somebody_booked_since_the_page_was_opened_is_not_marked_absent(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    listed, later = make.person(), make.person()
    number = sitting(session, course_id, by, NOW + timedelta(hours=1))
    desk.book(session, number, [listed.id, later.id], by=by, at=NOW)
    desk.take_attendance(session, number, listed=[later.id], came=[later.id], by=by, at=NOW)
    desk.take_attendance(session, number, listed=[listed.id], came=[], by=by, at=NOW)
    assert len(trainings(session, later)) == 1
    assert session.get_one(Booking, (number, listed.id)).has_attended is False


def test_attendance_waits_for_the_day_and_then_the_session_stands(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    number = sitting(session, course_id, by)
    desk.book(session, number, [person.id], by=by, at=NOW)
    with pytest.raises(TrainingError, match="still to come"):
        desk.take_attendance(session, number, listed=[person.id], came=[person.id], by=by, at=NOW)
    that_morning = midnight(SOON.date()) + timedelta(hours=8)
    desk.take_attendance(session, number, listed=[person.id], came=[person.id], by=by, at=that_morning)
    for act in (
        lambda: desk.cancel_session(session, number, "No", by=by, at=SOON),
        lambda: desk.change_session(session, number, SittingFacts(course_id, SOON), by=by, at=SOON),
    ):
        with pytest.raises(TrainingError, match="Attendance has been taken"):
            act()
    with pytest.raises(TrainingError, match="Whether they came is on record"):
        desk.unbook(session, number, person.id, by=by, at=SOON)


def test_a_session_to_which_nobody_came_may_be_held_after_all(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    number = sitting(session, course_id, by, NOW)
    desk.book(session, number, [person.id], by=by, at=NOW)
    desk.take_attendance(session, number, listed=[person.id], came=[], by=by, at=NOW)
    with pytest.raises(TrainingError, match="Whether they came is on record"):
        desk.unbook(session, number, person.id, by=by, at=NOW)
    desk.change_session(session, number, SittingFacts(course_id, SOON), by=by, at=NOW)
    line = session_line(session, number)
    assert line
    assert line.is_open
    assert [one.has_attended for one in booked_on(session, line)] == [None]


def test_a_session_that_is_over_is_not_booked_but_recorded(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    number = sitting(session, course_id, by, NOW - timedelta(days=3))
    with pytest.raises(TrainingError, match="is over"):
        desk.book(session, number, [person.id], by=by, at=NOW)
    desk.take_attendance(session, number, listed=[], came=[person.id], by=by, at=NOW)
    assert trainings(session, person) == [("Refresher", date(2026, 3, 1), date(2027, 2, 28))]


def test_training_taken_elsewhere_is_recorded_for_several_and_once(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    people_there = [make.person(), make.person(Stage.TRAINING)]
    ids = [one.id for one in people_there]
    assert desk.record_taken(session, ids, course_id, TODAY, by=by, at=NOW) == desk.Recorded(2, 0)
    assert desk.record_taken(session, ids, course_id, TODAY, by=by, at=NOW) == desk.Recorded(0, 2)
    own_end = date(2026, 9, 1)
    desk.record_taken(session, ids[:1], course_id, TODAY - timedelta(days=9), own_end, by=by, at=NOW)
    assert trainings(session, people_there[0]) == [
        ("Refresher", TODAY, date(2027, 3, 3)),
        ("Refresher", TODAY - timedelta(days=9), own_end),
    ]
    with pytest.raises(TrainingError, match="still to come"):
        desk.record_taken(session, ids, course_id, TODAY + timedelta(days=1), by=by, at=NOW)
    with pytest.raises(TrainingError, match="Choose at least one"):
        desk.record_taken(session, [], course_id, TODAY, by=by, at=NOW)


@pytest.mark.parametrize(
    ("course", "entered", "kept"),
    [
        ("Refresher", None, date(2027, 3, 3)),
        ("Refresher", date(2026, 12, 31), date(2026, 12, 31)),
        ("First aid", None, None),
    ],
)
@pytest.mark.usefixtures("course_id")
def test_one_persons_training_runs_out_as_the_course_has_it(
    session: Session, make: Workshop, by: Actor, course: str, entered: date | None, kept: date | None
) -> None:
    person = make.person()
    people.keep_record(session, person.id, TrainingFacts(course, TODAY, entered), by=by, at=NOW)
    assert trainings(session, person) == [(course, TODAY, kept)]
