"""Two coordinators at once: nobody is trained, booked or given a card twice, on both databases."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import CourseFacts, CourseKind
from icv.rules.records import AgreementFacts
from icv.rules.sittings import SittingFacts
from icv.services import training as desk
from icv.services.people import papers
from icv.store.engine import reading, writing
from icv.store.people import Agreement, Training
from icv.store.training import Booking
from tests.services.at_once import Act, at_once
from tests.workshop import NOW, TODAY, Workshop

PEOPLE = 6


class Scheme:
    """A course, a session of today with four places, and six people."""

    def __init__(self, engine: sa.Engine) -> None:
        with writing(engine) as session:
            make = Workshop(session)
            self.by: Actor = make.actor(Role.COORDINATOR)
            self.people = [make.person().id for _ in range(PEOPLE)]
            facts = CourseFacts("Refresher", CourseKind.KEPT_UP, 12)
            self.course_id = desk.add_course(session, facts, by=self.by, at=NOW)
            sitting = SittingFacts(self.course_id, NOW + timedelta(hours=1), places=4)
            self.session_id = desk.add_session(session, sitting, by=self.by, at=NOW)
            session.commit()


def count(engine: sa.Engine, table: type, *where: sa.ColumnElement[bool]) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0


def test_two_who_take_the_same_attendance_record_each_training_once(apart: sa.Engine) -> None:
    scheme = Scheme(apart)
    come = scheme.people[:4]

    def settle(session: Session) -> object:
        return desk.take_attendance(session, scheme.session_id, listed=[], came=come, by=scheme.by, at=NOW)

    assert at_once(apart, settle, settle, settle) == ["", "", ""]
    assert count(apart, Training, Training.course == "Refresher") == len(come)
    assert count(apart, Booking, Booking.has_attended.is_(True)) == len(come)


def test_of_two_who_tick_otherwise_the_later_is_told_and_writes_nothing_over(apart: sa.Engine) -> None:
    scheme = Scheme(apart)
    people = scheme.people[:4]
    with writing(apart) as session:
        desk.book(session, scheme.session_id, people, by=scheme.by, at=NOW)
        session.commit()
    seen = dict.fromkeys(people)

    def ticks(*came: int) -> Act:
        return lambda session: desk.take_attendance(
            session, scheme.session_id, listed=people, came=came, seen=seen, by=scheme.by, at=NOW
        )

    told = at_once(apart, ticks(*people[:2]), ticks(people[2]))
    (won,) = (number for number, one in enumerate(told) if not one)
    assert "3 people are on record otherwise than you ticked" in told[1 - won]
    assert count(apart, Training, Training.course == "Refresher") == (2, 1)[won]


def test_the_last_places_are_given_once(apart: sa.Engine) -> None:
    scheme = Scheme(apart)

    def books(*people: int) -> Act:
        return lambda session: desk.book(session, scheme.session_id, people, by=scheme.by, at=NOW)

    told = at_once(apart, books(*scheme.people[:3]), books(*scheme.people[3:]))
    assert sorted(bool(refusal) for refusal in told) == [False, True], told
    assert count(apart, Booking) == 3
    told = at_once(apart, books(scheme.people[0]), books(scheme.people[0]))
    assert all("With a place already" in one or not one for one in told)
    assert count(apart, Booking, Booking.person_id == scheme.people[0]) == 1


def test_training_taken_elsewhere_and_agreements_are_recorded_once(apart: sa.Engine) -> None:
    scheme = Scheme(apart)

    def records(session: Session) -> object:
        return desk.record_taken(session, scheme.people, scheme.course_id, TODAY, by=scheme.by, at=NOW)

    def signs(session: Session) -> object:
        return papers.record_signed(session, scheme.people, AgreementFacts("3", TODAY), by=scheme.by, at=NOW)

    assert at_once(apart, records, signs, records, signs) == [""] * 4
    assert count(apart, Training, Training.course == "Refresher") == PEOPLE
    assert count(apart, Agreement) == PEOPLE
