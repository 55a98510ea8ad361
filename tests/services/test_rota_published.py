"""A rota is published once, as visits in the register; on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import DutyState, Outcome
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.services.rotas import FOUR_WEEKS, MONDAY
from tests.workshop import NOW, TODAY, Workshop


def published(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    rota = desk.draw(session, period, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    return rota


def test_publishing_puts_every_visit_in_the_register_the_empty_ones_too(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    one, other = make.person(), make.person()
    session.add(DaysAway(person_id=one.id, first_on=MONDAY, last_on=MONDAY + timedelta(days=6)))
    session.flush()
    rota = published(session)
    visits = session.scalars(sa.select(Visit).order_by(Visit.week_starts_on)).all()
    assert [visit.reference for visit in visits] == [f"2026-W{week}-EUS-1" for week in (11, 12, 13, 14)]
    assert all(visit.is_scheduled and visit.rota_id == rota.id for visit in visits)
    duties = session.scalars(sa.select(Duty).order_by(Duty.visit_id, Duty.place)).all()
    assert {duty.visit_id for duty in duties} == {visit.id for visit in visits[1:]}
    assert {duty.state for duty in duties} == {DutyState.OFFERED}
    assert len({duty.uid for duty in duties}) == len(duties) == 6
    assert rota.state is RotaState.PUBLISHED
    assert rota.published_at == NOW
    assert {duty.person_id for duty in duties} == {one.id, other.id}


def test_two_suites_of_the_same_letters_have_references_of_their_own(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.suite("Euston Road")
    published(session, Period(MONDAY, MONDAY + timedelta(days=6)))
    assert sorted(session.scalars(sa.select(Visit.reference))) == ["2026-W11-EUS-1", "2026-W11-EUS-2"]


def test_each_visitor_is_told_once_of_their_own_visits(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    one, other = make.person(name="Ann"), make.person(name="Bo")
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    assert desk.publish(session, rota, by=None, at=NOW, link="https://x.example/duties/") == 2
    letters = session.scalars(sa.select(Letter).order_by(Letter.id)).all()
    assert [letter.to_email for letter in letters] == [one.email, other.email]
    assert letters[0].body.count("Euston Street, week of") == 4
    assert "https://x.example/duties/" in letters[0].body
    assert "Bo" not in letters[0].body


def test_the_letter_of_a_rota_carries_the_own_weeks_for_a_calendar(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW, link="https://icv.example.org/duties/")
    letters = session.scalars(sa.select(Letter).order_by(Letter.id)).all()
    assert letters
    for letter in letters:
        events = Calendar.from_ical(letter.calendar).walk("VEVENT")
        person = session.scalars(sa.select(Person).where(Person.email == letter.to_email)).one()
        duties = session.scalars(sa.select(Duty).where(Duty.person_id == person.id)).all()
        assert {str(event["UID"]) for event in events} == {f"{duty.uid}@icv.example.org" for duty in duties}
        assert {str(event["SUMMARY"]) for event in events} == {"ICV duty"}


def test_a_draft_is_published_once(session: Session, make: Workshop) -> None:
    make.suite()
    rota = published(session)
    with pytest.raises(RotaError, match="published already"):
        desk.publish(session, rota, by=None, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 4


def test_a_week_that_has_its_visits_is_not_published_again(session: Session, make: Workshop) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    published(session)
    again = desk.draw(
        session, Period(FOUR_WEEKS.first, FOUR_WEEKS.last + timedelta(weeks=4)), 8, by=None, at=NOW
    )
    with pytest.raises(RotaError, match=r"Euston Street, 9 March to 15 March 2026; .*and 3 more"):
        desk.publish(session, again, by=None, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 8


def test_a_cancelled_visit_does_not_stand_in_the_way(session: Session, make: Workshop) -> None:
    suite = make.suite()
    make.visit(suite, week=MONDAY, outcome=Outcome.CANCELLED, cancelled_on=TODAY, reason="closed")
    published(session)


def test_a_rota_is_not_published_into_the_past(session: Session, make: Workshop) -> None:
    make.suite()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    with pytest.raises(RotaError, match="is over"):
        desk.publish(session, rota, by=None, at=NOW + timedelta(days=13))
    assert rota.state is RotaState.DRAFT


def test_nobody_who_has_left_by_then_is_published(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(name="Ann"), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    session.execute(sa.update(Person).where(Person.name == "Ann").values(left_on=MONDAY))
    with pytest.raises(RotaError, match="Ann leaves before"):
        desk.publish(session, rota, by=None, at=NOW)


def test_drawing_and_publishing_stand_in_the_trail(session: Session, make: Workshop) -> None:
    make.suite()
    account = make.account()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=account.id, at=NOW)
    desk.publish(session, rota, by=account.id, at=NOW)
    entries = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)).all()
    assert [(entry.act, entry.subject_id, entry.account_id) for entry in entries] == [
        ("draw rota", rota.id, account.id),
        ("publish rota", rota.id, account.id),
    ]
