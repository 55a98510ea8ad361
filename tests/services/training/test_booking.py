"""Sessions and places on them: who is booked, and what they are told; on both databases."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.sittings import SittingFacts
from icv.rules.stages import Stage
from icv.services import training as desk
from icv.services.training import TrainingError
from icv.store.letters import Letter
from icv.store.training import booked_on, bookings_of, session_line
from tests.services.training.conftest import SOON, letters_to, sitting
from tests.workshop import NOW, Workshop


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
