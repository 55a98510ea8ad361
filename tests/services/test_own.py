"""What visitors do about themselves, and joining by hand, on both databases."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.clearance import clearance
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.services import people as desk
from icv.services.certificate import service_of
from icv.services.exchange import ImportRefused
from icv.services.people.joining import add_visitor
from icv.store.people import Agreement, Person, PersonRecord, Training, person_seen_by, standings
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
IN_USE = Choices(agreement_version="3")
ASHA = {
    "name": "Asha Patel",
    "email": "Asha@example.org",
    "stage": "active",
    "appointed_on": "2025-02-01",
    "vetting_cleared_on": "2025-01-01",
    "vetting_expires_on": "2028-01-01",
    "trained_on": "2025-01-10",
    "term_ends_on": "2028-01-31",
}


@pytest.fixture
def visitor(make: Workshop) -> Person:
    return make.person()


@pytest.fixture
def by(make: Workshop, visitor: Person) -> Actor:
    return make.actor(Role.VOLUNTEER, person=visitor)


def seen(session: Session, make: Workshop, person: Person) -> PersonRecord:
    session.flush()
    found = person_seen_by(session, make.actor(Role.COORDINATOR), person.id)
    assert found
    return found


def test_signing_is_recorded_once_with_its_day_and_version(
    session: Session, visitor: Person, by: Actor
) -> None:
    for _ in range(2):
        desk.sign_agreement(session, "3", IN_USE, by=by, at=NOW)
    signed = session.scalars(sa.select(Agreement)).one()
    assert (signed.person_id, signed.version, signed.signed_on) == (visitor.id, "3", TODAY)
    assert session.scalars(sa.select(TrailEntry.act)).all() == ["add agreement"]


def test_only_the_version_in_use_is_signed_and_only_for_oneself(
    session: Session, make: Workshop, by: Actor
) -> None:
    for version in ("2", ""):
        with pytest.raises(desk.PeopleError, match="Another version"):
            desk.sign_agreement(session, version, IN_USE, by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="no record of a volunteer"):
        desk.sign_agreement(session, "3", IN_USE, by=make.actor(Role.COORDINATOR), at=NOW)
    assert not session.scalars(sa.select(Agreement)).all()


def test_a_visitor_typed_in_may_visit_at_once(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    person_id = add_visitor(session, ASHA, by=by, at=NOW)
    standing = standings(session, [person_id])[person_id]
    assert clearance(standing, TODAY, CHOICES).may_visit
    assert standing.stage_on(TODAY) is Stage.ACTIVE
    assert session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all() == ["import", "add"]


def test_a_visitor_typed_in_is_judged_as_a_row_of_the_import(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    with pytest.raises(ImportRefused) as refusal:
        add_visitor(session, {**ASHA, "vetting_expires_on": "2024-01-01"}, by=by, at=NOW)
    assert [error.column for error in refusal.value.errors] == ["vetting_expires_on"]
    add_visitor(session, ASHA, by=by, at=NOW)
    with pytest.raises(ImportRefused, match="on record already; look for their record instead"):
        add_visitor(session, {**ASHA, "email": "asha@example.org"}, by=by, at=NOW)


def test_a_certificate_counts_what_was_done_up_to_its_day(
    session: Session, make: Workshop, visitor: Person
) -> None:
    arrived = datetime(2026, 2, 25, 19, tzinfo=NOW.tzinfo)
    suite = make.suite()
    made = {"outcome": Outcome.COMPLETED, "arrived_at": arrived, "left_at": arrived + timedelta(minutes=95)}
    make.visit(suite, visitor, week=arrived.date(), **made)
    make.visit(suite, visitor, week=TODAY - timedelta(days=400), outcome=Outcome.NO_ACCESS)
    make.visit(suite, visitor, week=TODAY)
    for year in (2024, 2025):
        make.keep(Training(person_id=visitor.id, course="Refresher", trained_on=date(year, 5, 1)))
    service = service_of(session, seen(session, make, visitor), CHOICES, on=TODAY)
    assert (service.since, service.until) == (date(2025, 1, 1), None)
    assert (service.visits, service.minutes, service.untimed) == (2, 95, 1)
    assert service.courses == (("Initial training", date(2024, 12, 15)), ("Refresher", date(2025, 5, 1)))


@pytest.mark.parametrize(
    ("left_on", "until"),
    [(TODAY, TODAY - timedelta(days=1)), (TODAY + timedelta(days=1), None)],
)
def test_service_ends_on_the_last_day_that_counted(
    session: Session, make: Workshop, left_on: date, until: date | None
) -> None:
    person = make.person(Stage.LEFT, left_on=left_on)
    assert service_of(session, seen(session, make, person), CHOICES, on=TODAY).until == until


@pytest.mark.parametrize("appointed_on", [None, TODAY + timedelta(days=1)])
def test_before_an_appointment_there_is_nothing_to_certify(
    session: Session, make: Workshop, appointed_on: date | None
) -> None:
    person = make.person(Stage.TRAINING, appointed_on=appointed_on)
    with pytest.raises(Refusal, match="has not been appointed yet"):
        service_of(session, seen(session, make, person), CHOICES, on=TODAY)
