"""Courses, sessions, attendance and what was taken elsewhere, on both databases."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind
from icv.rules.days import midnight
from icv.rules.records import TrainingFacts
from icv.rules.sittings import SittingFacts
from icv.rules.stages import Stage
from icv.services import people
from icv.services import training as desk
from icv.services.training import TrainingError
from icv.store.courses import Course, courses
from icv.store.letters import Letter
from icv.store.people import Person, Training
from icv.store.trail import TrailEntry
from icv.store.training import Booking, TrainingSession, booked_on, bookings_of, session_line
from tests.workshop import NOW, TODAY, Workshop

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


# -- the catalogue


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


# -- sessions and places


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_at": NOW + timedelta(days=900)}, "starts_at"),
        ({"ends_at": SOON}, "ends_at"),
        ({"places": 0}, "places"),
        ({"places": 501}, "places"),
    ],
)
def test_what_no_session_can_be_is_refused(
    session: Session, by: Actor, course_id: int, facts: dict[str, object], field: str
) -> None:
    asked = SittingFacts(**{"course_id": course_id, "starts_at": SOON, **facts})  # type: ignore[arg-type]
    with pytest.raises(TrainingError) as refusal:
        desk.add_session(session, asked, by=by, at=NOW)
    assert refusal.value.field == field


def test_whoever_is_booked_gets_one_letter_with_day_time_and_place(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    one, other = make.person(), make.person()
    number = sitting(session, course_id, by)
    assert desk.book(session, number, [one.id, other.id], by=by, at=NOW) == 2
    for person in (one, other):
        assert letters_to(session, person) == ["Your place on a training: Refresher"]
    body = session.scalar(sa.select(Letter.body).where(Letter.to_email == one.email)) or ""
    assert "Saturday 14 March 2026, 12:00 to 14:00" in body
    assert "Town Hall" in body
    assert [line.course for line in bookings_of(session, one.id, NOW)] == ["Refresher"]


def test_a_booking_made_at_night_is_told_by_day_unless_the_training_is_near(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    night = datetime.fromisoformat("2026-03-04T23:30:00+00:00")
    far, near = make.person(), make.person()
    desk.book(session, sitting(session, course_id, by), [far.id], by=by, at=night)
    tomorrow = sitting(session, course_id, by, night + timedelta(hours=11))
    desk.book(session, tomorrow, [near.id], by=by, at=night)
    sent = dict(session.execute(sa.select(Letter.to_email, Letter.not_before)).all())
    assert sent[far.email] == datetime.fromisoformat("2026-03-05T08:00:00+00:00")
    assert sent[near.email] == night


def test_nobody_is_booked_twice_and_then_nobody_at_all(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    one, other = make.person(name="Ann"), make.person(name="Bob")
    number = sitting(session, course_id, by)
    desk.book(session, number, [one.id], by=by, at=NOW)
    with pytest.raises(TrainingError, match="With a place already: Ann"):
        desk.book(session, number, [one.id, other.id], by=by, at=NOW)
    line = session_line(session, number)
    assert line
    assert [(one.name, one.is_gone) for one in booked_on(session, line)] == [("Ann", False)]


def test_nobody_is_booked_in_two_rooms_at_once(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person(name="Ann")
    desk.book(session, sitting(session, course_id, by), [person.id], by=by, at=NOW)
    overlapping = sitting(session, course_id, by, SOON + timedelta(hours=1))
    with pytest.raises(TrainingError, match="Ann has a place elsewhere at that time: Refresher, Saturday"):
        desk.book(session, overlapping, [person.id], by=by, at=NOW)
    after = sitting(session, course_id, by, SOON + timedelta(hours=2))
    assert desk.book(session, after, [person.id], by=by, at=NOW) == 1


def test_a_full_session_says_how_many_of_how_many(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    people = [make.person().id for _ in range(3)]
    number = sitting(session, course_id, by, places=2)
    desk.book(session, number, people[:1], by=by, at=NOW)
    with pytest.raises(TrainingError, match="1 of 2 places are taken"):
        desk.book(session, number, people[1:], by=by, at=NOW)
    desk.book(session, number, people[1:2], by=by, at=NOW)
    line = session_line(session, number)
    assert line
    assert (line.booked, line.is_full, line.places_left) == (2, True, 0)
    with pytest.raises(TrainingError, match="2 places are taken"):
        desk.change_session(session, number, SittingFacts(course_id, SOON, places=1), by=by, at=NOW)


def test_somebody_who_left_is_not_booked(session: Session, make: Workshop, by: Actor, course_id: int) -> None:
    gone = make.person(Stage.LEFT, name="Gone")
    with pytest.raises(TrainingError, match="No longer with the scheme: Gone"):
        desk.book(session, sitting(session, course_id, by), [gone.id], by=by, at=NOW)
    with pytest.raises(TrainingError, match="Choose at least one"):
        desk.book(session, sitting(session, course_id, by), [], by=by, at=NOW)


def test_a_place_given_back_is_told_and_may_be_given_again(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person(name="Ann")
    number = sitting(session, course_id, by)
    desk.book(session, number, [person.id], by=by, at=NOW)
    assert desk.unbook(session, number, person.id, by=by, at=NOW + timedelta(minutes=1)) == "Ann"
    with pytest.raises(TrainingError, match="no place on this session"):
        desk.unbook(session, number, person.id, by=by, at=NOW + timedelta(minutes=1))
    desk.book(session, number, [person.id], by=by, at=NOW + timedelta(minutes=2))
    assert letters_to(session, person) == [
        "Your place on a training: Refresher",
        "Your place is given back: Refresher",
        "Your place on a training: Refresher",
    ]


def test_whoever_is_booked_is_told_of_another_time_or_place_and_of_nothing_else(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    number = sitting(session, course_id, by)
    desk.book(session, number, [person.id], by=by, at=NOW)
    same = SittingFacts(course_id, SOON, SOON + timedelta(hours=2), "Town Hall", 20)
    assert desk.change_session(session, number, same, by=by, at=NOW) == 0
    later = SittingFacts(course_id, SOON + timedelta(days=1), None, "Library", 20)
    assert desk.change_session(session, number, later, by=by, at=NOW) == 1
    assert letters_to(session, person)[1:] == ["Your training has changed: Refresher"]


def test_whoever_is_booked_is_told_that_it_is_cancelled_and_why(
    session: Session, make: Workshop, by: Actor, course_id: int
) -> None:
    person = make.person()
    number = sitting(session, course_id, by)
    desk.book(session, number, [person.id], by=by, at=NOW)
    with pytest.raises(TrainingError, match="Enter the reason"):
        desk.cancel_session(session, number, " ", by=by, at=NOW)
    assert desk.cancel_session(session, number, "The trainer is ill", by=by, at=NOW) == 1
    body = session.scalars(sa.select(Letter.body).order_by(Letter.id.desc())).first() or ""
    assert "The trainer is ill" in body
    assert bookings_of(session, person.id, NOW) == []
    for act in (
        lambda: desk.cancel_session(session, number, "Again", by=by, at=NOW),
        lambda: desk.book(session, number, [make.person().id], by=by, at=NOW),
        lambda: desk.take_attendance(session, number, listed=[], came=[], by=by, at=SOON),
    ):
        with pytest.raises(TrainingError, match="is cancelled"):
            act()


# -- attendance


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


# -- taken elsewhere


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
