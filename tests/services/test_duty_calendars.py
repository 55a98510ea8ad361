"""Calendar files of letters that tell of a changed duty: read back, beside what the first letter brought."""

from datetime import datetime, timedelta

import icalendar
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.services import cover
from icv.services import rota as desk
from icv.services.rota.moving import hold_for_moves, make_moves
from icv.services.rota.rebuilding import DropOut, question_of, suggested
from icv.store.cover import duty_in_hand
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota
from icv.store.sealed import SealedTime
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=4)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
LINK = "https://icv.example/duties/"


def page(path: str) -> str:
    return f"https://icv.example{path}"


def events(letter: Letter) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(letter.calendar)
    assert "METHOD" not in calendar
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def letters_to(session: Session, person: Person) -> list[Letter]:
    return list(session.scalars(sa.select(Letter).where(Letter.to_email == person.email).order_by(Letter.id)))


@pytest.fixture
def rota(session: Session, make: Workshop) -> Rota:
    make.suite("Euston Street")
    for _ in range(3):
        make.person()
    rota = desk.draw(session, A_WEEK, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW, link=LINK)
    return rota


def first_duty(session: Session) -> Duty:
    return session.scalars(sa.select(Duty).order_by(Duty.place)).first() or Duty()


def partner_of(session: Session, duty: Duty) -> Person:
    other = sa.select(Duty.person_id).where(Duty.visit_id == duty.visit_id, Duty.id != duty.id)
    return session.scalars(sa.select(Person).where(Person.id.in_(other))).one()


def rebuild(session: Session, rota: Rota, gone: Person, at: datetime) -> None:
    question = question_of(session, rota, Choices(), DropOut(gone.id, A_WEEK), today=TODAY)
    moves = suggested(question).moves
    hold_for_moves(session, rota, moves)
    make_moves(session, rota, question, moves, seal=question.seal, link=LINK, by=None, at=at)


def spare(session: Session) -> Person:
    return session.scalars(sa.select(Person).where(Person.id.not_in(sa.select(Duty.person_id)))).one()


def test_a_duty_given_to_another_leaves_one_calendar_and_enters_the_other(
    session: Session, rota: Rota
) -> None:
    duty, taker = first_duty(session), spare(session)
    holder = session.get_one(Person, duty.person_id)
    later = NOW + timedelta(hours=1)
    desk.put(session, rota, duty.visit_id, 1, taker.id, choices=Choices(), by=None, at=later, link=LINK)
    told, gone = letters_to(session, holder)
    (uid, was), (same, now) = *events(told).items(), *events(gone).items()
    assert uid == same
    assert now["SEQUENCE"] > was["SEQUENCE"]
    assert now["STATUS"] == "CANCELLED"
    assert "takes out what you had put in before" in gone.body
    (given,) = letters_to(session, taker)
    (event,) = events(given).values()
    assert event["UID"] != uid
    assert event["DTSTART"].dt == MONDAY
    assert LINK in given.body


def test_a_duty_moved_by_the_smallest_change_leaves_one_calendar_and_enters_the_other(
    session: Session, rota: Rota
) -> None:
    duty, taker = first_duty(session), spare(session)
    holder, partner = session.get_one(Person, duty.person_id), partner_of(session, duty)
    later = NOW + timedelta(hours=1)
    rebuild(session, rota, holder, later)
    told, gone = letters_to(session, holder)
    (uid, was), (same, now) = *events(told).items(), *events(gone).items()
    assert uid == same
    assert (now["STATUS"], now["SEQUENCE"] > was["SEQUENCE"]) == ("CANCELLED", True)
    assert "takes out what you had put in before" in gone.body
    (given,) = letters_to(session, taker)
    (event,) = events(given).values()
    assert (event["UID"] != uid, event["DTSTART"].dt, "STATUS" in event) == (True, MONDAY, "STATUS" in was)
    assert "shows the week of the visit" in given.body
    *_, kept = letters_to(session, partner)
    assert (kept.subject, kept.calendar) == ("Your visits have changed", ""), "their own duty is as it was"


def test_a_cancelled_visit_is_cancelled_in_the_file_and_an_agreed_time_is_in_none(
    session: Session, rota: Rota
) -> None:
    one, other = session.scalars(sa.select(Duty).order_by(Duty.place)).all()
    starts_at = NOW + timedelta(weeks=4)
    session.add(
        SealedTime(
            visit_id=one.visit_id,
            starts_at=starts_at,
            proposed_by_id=one.id,
            asked_id=other.id,
            agreed_at=NOW,
            sequence=3,
            changed_at=NOW,
        )
    )
    desk.cancel(session, rota, one.visit_id, TODAY, "Flood", by=None, at=NOW, link=LINK)
    for letter in session.scalars(sa.select(Letter).where(Letter.subject == "A visit is no longer yours")):
        (event,) = events(letter).values()
        assert (event["STATUS"], event["DTSTART"].dt) == ("CANCELLED", MONDAY)
        assert event["SEQUENCE"] > 3
        assert f"{starts_at:%H%M}00" not in letter.calendar.replace(f"{NOW:%Y%m%dT%H%M%S}", "")


def test_without_an_address_to_know_it_by_no_file_goes_with_a_letter(session: Session, rota: Rota) -> None:
    duty = first_duty(session)
    desk.put(session, rota, duty.visit_id, 1, None, choices=Choices(), by=None, at=NOW)
    *_, letter = letters_to(session, session.get_one(Person, duty.person_id))
    assert (letter.calendar, "calendar" in letter.body) == ("", False)


def test_cover_moves_the_duty_from_one_calendar_to_the_other(
    session: Session, rota: Rota, make: Workshop
) -> None:
    duty, taker = first_duty(session), spare(session)
    holder = session.get_one(Person, duty.person_id)
    known = duty_in_hand(session, duty.id)
    assert known
    acting = {"choices": Choices(), "by": make.actor(Role.COORDINATOR), "at": NOW, "page": page}
    may = cover.who_may_take(session, known, Choices())
    request = cover.ask_cover(session, duty.id, [taker.id], may, "", **acting)  # type: ignore[arg-type]
    assert cover.take(session, request, taker.id, **acting)  # type: ignore[arg-type]
    (out,) = events(letters_to(session, holder)[-1]).values()
    (into,) = events(letters_to(session, taker)[-1]).values()
    assert (out["STATUS"], into["STATUS"]) == ("CANCELLED", "CONFIRMED")


def test_a_swap_brings_the_new_week_and_takes_out_the_old_in_one_file(
    session: Session, make: Workshop
) -> None:
    ann, bo, cy, di = (make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di"))
    mine = make.visit(make.suite("Euston Street"), ann, bo, week=MONDAY)
    theirs = make.visit(make.suite("Keyham Lane"), cy, di, week=MONDAY + timedelta(weeks=1))
    duties = {duty.person_id: duty.id for duty in session.scalars(sa.select(Duty))}
    office = make.actor(Role.COORDINATOR)
    about = {"choices": Choices(), "by": office, "at": NOW, "page": page}
    cover.swap_agreed(session, duties[ann.id], duties[cy.id], "", **about)  # type: ignore[arg-type]
    (letter,) = letters_to(session, ann)
    found = {event["DTSTART"].dt: event["STATUS"] for event in events(letter).values()}
    weeks = {
        visit.id: visit.week_starts_on
        for visit in session.scalars(sa.select(Visit).where(Visit.id.in_([mine.id, theirs.id])))
    }
    assert found == {weeks[mine.id]: "CANCELLED", weeks[theirs.id]: "CONFIRMED"}
    assert "shows the week of the visit and takes out what you had put in before" in letter.body
