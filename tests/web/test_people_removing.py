"""Taking back a dated record: what it changes is said first, and what hangs on it keeps it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.courses import CourseKind
from icv.rules.records import VettingFacts
from icv.services.people import Mistake, PeopleError, remove_record
from icv.store.courses import Course
from icv.store.people import Agreement, Card, Person, Term, Training, Vetting, standing_without, standings
from icv.store.trail import TrailEntry
from icv.store.training import Booking, TrainingSession
from icv.store.vetting import ExtendedVetting, Extension
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def with_one_of_each(make: Workshop) -> Person:
    person = make.person(name="Asha Patel")
    make.keep(Agreement(person_id=person.id, version="3", signed_on=TODAY))
    make.keep(Card(person_id=person.id, number="0042", issued_on=TODAY))
    return person


def of(session: Session, table: type, person: Person) -> int:
    number: int = session.scalars(sa.select(table.id).where(table.person_id == person.id)).one()  # type: ignore[attr-defined]
    return number


def test_what_it_changes_is_said_before_it_is_done(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(name="Asha Patel")
    vetting = of(session, Vetting, person)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/vetting/{vetting}")
    browser.follow("Take this record back")
    for shown in (
        "Level NPPV2",
        "Cleared on 1 December 2024",
        "Today, with this record Cleared (changes on 2 January 2029)",
        "Without it Not cleared: no vetting on record",
        "Asha Patel could not visit any more.",
    ):
        assert shown in browser.text
    browser.send(button="Take it back", status=422)
    assert "Choose why it is taken back" in browser.text
    browser.send({"reason": "entered twice"})
    assert "the record is taken back" in browser.text
    assert "May not visit today: no vetting on record" in browser.text
    entry = session.execute(
        sa.select(TrailEntry.subject, TrailEntry.subject_id, TrailEntry.details).where(
            TrailEntry.act == "take back vetting"
        )
    ).one()
    assert entry == ("person", person.id, {"record": vetting, "reason": "entered twice"})
    browser.get(f"/people/{person.id}/vetting/{vetting}/remove", status=404)


def test_a_twin_leaves_clearance_as_it_is(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    twin = make.keep(
        Vetting(
            person_id=person.id,
            level="NPPV2",
            cleared_on=date(2024, 12, 1),
            expires_on=date(2029, 12, 1),
        )
    )
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/vetting/{twin.id}/remove")
    assert "Clearance stays as it is: cleared." in browser.text


def test_somebody_elses_record_is_not_found(browse_as: Browse, make: Workshop, session: Session) -> None:
    person, other = make.person(), make.person()
    theirs = of(session, Vetting, other)
    browser = browse_as(Role.COORDINATOR)
    browser.get(f"/people/{person.id}/vetting/{theirs}/remove", status=404)
    browser.post(f"/people/{person.id}/vetting/{theirs}/remove", {"reason": "entered twice"}, status=404)
    browser.get(f"/people/{other.id}/training/{theirs + 1000}/remove", status=404)
    assert session.get(Vetting, theirs) is not None


@pytest.mark.parametrize("kind", ["vetting", "training", "term", "agreement", "card"])
def test_a_record_of_each_kind_can_be_taken_back(
    browse_as: Browse, make: Workshop, session: Session, kind: str
) -> None:
    tables = {"vetting": Vetting, "training": Training, "term": Term, "agreement": Agreement, "card": Card}
    person = with_one_of_each(make)
    record_id = of(session, tables[kind], person)
    without = standing_without(session, person.id, tables[kind], record_id)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/{kind}/{record_id}/remove")
    browser.send({"reason": "never happened"})
    assert browser.path == f"/people/{person.id}"
    session.expire_all()
    assert session.get(tables[kind], record_id) is None
    assert standings(session, [person.id])[person.id] == without


def test_an_extended_vetting_stays(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    vetting = of(session, Vetting, person)
    decision = make.keep(Extension(decided_on=TODAY, until=date(2030, 1, 1), reason="so", made_at=NOW))
    make.keep(ExtendedVetting(extension_id=decision.id, vetting_id=vetting, until_before=TODAY))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/vetting/{vetting}/remove")
    assert "This vetting was extended by a decision of 4 March 2026, which stays on record." in browser.text
    assert "Take it back" not in browser.text
    browser.post(f"/people/{person.id}/vetting/{vetting}/remove", {"reason": "entered twice"}, status=422)
    assert session.get(Vetting, vetting) is not None


def test_a_training_that_a_session_gave_stays(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    training = of(session, Training, person)
    course = make.keep(Course(name="Refresher", kind=CourseKind.KEPT_UP))
    sitting = make.keep(TrainingSession(course_id=course.id, starts_at=NOW - timedelta(days=3)))
    booking = Booking(session_id=sitting.id, person_id=person.id, booked_at=NOW, training_id=training)
    make.keep(booking)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/training/{training}/remove")
    assert "This training comes from the session of 1 March 2026." in browser.text


def test_a_record_that_is_gone_is_refused_in_words(make: Workshop, session: Session) -> None:
    person, by = make.person(), make.actor(Role.COORDINATOR)
    vetting = of(session, Vetting, person)
    remove_record(session, person.id, VettingFacts, vetting, Mistake.TWICE, by=by, at=NOW)
    with pytest.raises(PeopleError, match="not there any more"):
        remove_record(session, person.id, VettingFacts, vetting, Mistake.TWICE, by=by, at=NOW)
