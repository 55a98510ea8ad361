"""Questions of training: who stands how with which course, on both databases."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.courses import INITIAL_TRAINING, CourseKind
from icv.rules.running_out import Held
from icv.rules.stages import Stage
from icv.store.courses import Course, courses_offered
from icv.store.people import Person, Training
from icv.store.training import (
    Booking,
    CourseStanding,
    TrainingSession,
    bookings_of,
    course_standings,
    how_many_over,
    people_here,
    sessions_open,
    sessions_over,
    sessions_unsettled,
)
from tests.workshop import NOW, TODAY, Workshop


def course(make: Workshop, name: str, kind: CourseKind, **more: object) -> Course:
    made: Course = make.keep(Course(name=name, kind=kind, **more))
    return made


def taken(person: Person, name: str, until: date | None, on: date = date(2025, 1, 1)) -> None:
    person.trainings.append(Training(course=name, trained_on=on, expires_on=until))


def standings(session: Session) -> dict[str, CourseStanding]:
    session.flush()
    found = course_standings(session, courses_offered(session), NOW, TODAY, 90)
    return {one.course.name: one for one in found}


def test_each_kind_is_asked_of_whom_it_is_for(session: Session, make: Workshop) -> None:
    for name, kind in (
        ("Foundation", CourseKind.INITIAL),
        ("Refresher", CourseKind.KEPT_UP),
        ("Terrorism visits", CourseKind.TERRORISM),
        ("First aid", CourseKind.OTHER),
    ):
        course(make, name, kind)
    visitor, special = make.person(name="Visitor"), make.person(name="Special")
    make.person(Stage.TRAINING, name="Learner"), make.person(Stage.VETTING, name="Applicant")
    make.person(Stage.LEFT, name="Gone")
    taken(special, "Terrorism visits", TODAY - timedelta(days=1))
    taken(visitor, "Refresher", None)
    found = standings(session)

    def needing(name: str) -> list[tuple[str, Held]]:
        return [(one.name, one.held) for one in found[name].needing]

    assert needing("Foundation") == [("Learner", Held.NEVER)]
    assert needing("Refresher") == [("Special", Held.NEVER)]
    assert needing("Terrorism visits") == [("Special", Held.RUN_OUT)]
    assert needing("First aid") == []
    assert {name: (one.in_date, len(one.asked)) for name, one in found.items()} == {
        "Foundation": (2, 3),
        "Refresher": (1, 2),
        "Terrorism visits": (0, 1),
        "First aid": (0, 0),
    }
    assert {one.name for one in found["Refresher"].takers} == {"Visitor", "Special", "Learner", "Applicant"}


def test_the_most_pressing_come_first_and_then_the_rest_by_name(session: Session, make: Workshop) -> None:
    course(make, "Refresher", CourseKind.KEPT_UP)
    for name, until in (
        ("Zoe, in date", TODAY + timedelta(days=200)),
        ("Ann, in date", None),
        ("Soon", TODAY + timedelta(days=90)),
        ("Sooner", TODAY),
        ("Over", TODAY - timedelta(days=1)),
        ("Long over", TODAY - timedelta(days=100)),
    ):
        taken(make.person(name=name), "Refresher", until)
    make.person(name="Never")
    assert [one.name for one in standings(session)["Refresher"].takers] == [
        "Long over",
        "Over",
        "Never",
        "Sooner",
        "Soon",
        "Ann, in date",
        "Zoe, in date",
    ]


def test_what_is_to_come_does_not_count_yet_and_other_names_never(session: Session, make: Workshop) -> None:
    course(make, "Refresher", CourseKind.KEPT_UP)
    person = make.person()
    taken(person, "Refresher", None, on=TODAY + timedelta(days=1))
    taken(person, "refresher", None)
    taken(person, INITIAL_TRAINING, None)
    assert [one.held for one in standings(session)["Refresher"].takers] == [Held.NEVER]


def test_the_next_place_on_a_session_of_the_course_is_known(session: Session, make: Workshop) -> None:
    refresher = course(make, "Refresher", CourseKind.KEPT_UP)
    other = course(make, "First aid", CourseKind.OTHER)
    person = make.person()
    for days, of, cancelled_at in (
        (9, refresher, None),
        (5, refresher, None),
        (2, refresher, NOW),
        (1, other, None),
    ):
        sitting = make.keep(
            TrainingSession(course_id=of.id, starts_at=NOW + timedelta(days=days), cancelled_at=cancelled_at)
        )
        make.keep(Booking(session_id=sitting.id, person_id=person.id, booked_at=NOW))
    assert [one.booked_at for one in standings(session)["Refresher"].takers] == [NOW + timedelta(days=5)]
    assert [one.course for one in bookings_of(session, person.id, NOW)] == [
        "First aid",
        "Refresher",
        "Refresher",
    ]


def test_retired_courses_and_those_in_order_are_not_lacked(session: Session, make: Workshop) -> None:
    course(make, "Refresher", CourseKind.KEPT_UP)
    course(make, "Old", CourseKind.KEPT_UP, is_retired=True)
    course(make, "Data protection", CourseKind.KEPT_UP)
    taken(make.person(), "Refresher", None)
    session.flush()
    assert [name for name, one in standings(session).items() if one.needing] == ["Data protection"]


def test_sessions_wait_for_attendance_from_their_start_until_it_is_taken(
    session: Session, make: Workshop
) -> None:
    refresher = course(make, "Refresher", CourseKind.KEPT_UP)

    def sitting(hours: int, **more: object) -> int:
        made = TrainingSession(course_id=refresher.id, starts_at=NOW + timedelta(hours=hours), **more)
        return int(make.keep(made).id)

    coming, begun, long_ago = sitting(1), sitting(0), sitting(-99)
    settled, cancelled = sitting(-50, settled_at=NOW), sitting(50, cancelled_at=NOW)
    assert [one.id for one in sessions_open(session)] == [long_ago, begun, coming]
    assert [one.id for one in sessions_unsettled(session, NOW)] == [long_ago, begun]
    assert [one.id for one in sessions_over(session)] == [cancelled, settled]
    assert how_many_over(session) == 2
    assert sessions_over(session, 2) == []


def test_places_and_who_came_are_counted_a_session(session: Session, make: Workshop) -> None:
    refresher = course(make, "Refresher", CourseKind.KEPT_UP)
    for booked, came in ((0, 0), (3, 2)):
        sitting = make.keep(TrainingSession(course_id=refresher.id, starts_at=NOW, places=3))
        for number in range(booked):
            make.keep(
                Booking(
                    session_id=sitting.id,
                    person_id=make.person().id,
                    booked_at=NOW,
                    has_attended=number < came,
                )
            )
    found = [(one.booked, one.attended, one.places_left, one.is_full) for one in sessions_open(session)]
    assert found == [(0, 0, 3, False), (3, 2, 0, True)]


def test_a_person_without_any_step_is_here_as_an_applicant(session: Session, make: Workshop) -> None:
    make.keep(Person(name="New", email="new@example.org", email_key="new@example.org"))
    assert [(one.name, one.stage) for one in people_here(session, TODAY)] == [("New", Stage.APPLIED)]


def test_a_hundred_people_ask_no_more_queries_than_one(session: Session, make: Workshop) -> None:
    course(make, "Refresher", CourseKind.KEPT_UP)
    counted: list[str] = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *it: counted.append(it[2]))
    make.person()
    asked = []
    for _ in range(2):
        session.flush()
        counted.clear()
        standings(session)
        asked.append(len(counted))
        for _ in range(100):
            make.person()
    assert asked[0] == asked[1]
