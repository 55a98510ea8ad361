"""Declarations: who may declare, what waits, and what was decided about it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.store.people import Declaration, declarations_of, unsettled_declarations
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

CHANGE = DeclarationKind.CIRCUMSTANCES


def test_a_visitor_declares_a_change_and_it_waits_until_the_coordinator_has_decided(
    session: Session, make: Workshop
) -> None:
    person, coordinator = make.person(name="Asha Patel"), make.actor(Role.COORDINATOR)
    visitor = make.actor(Role.VOLUNTEER, person=person)
    number = desk.declare(session, person.id, CHANGE, " My brother joins the force. ", by=visitor, at=NOW)
    assert [(one.id, one.name, one.declared_on) for one in unsettled_declarations(session)] == [
        (number, "Asha Patel", TODAY)
    ]
    desk.settle_declaration(session, person.id, number, "Not at Euston Street", by=coordinator, at=NOW)
    assert unsettled_declarations(session) == []
    (line,) = declarations_of(session, person.id)
    assert (line.words, line.outcome, line.by, line.settled_by) == (
        "My brother joins the force.",
        "Not at Euston Street",
        visitor.name,
        coordinator.name,
    )
    noted = sa.select(TrailEntry.act).where(TrailEntry.subject_id == person.id).order_by(TrailEntry.id)
    acts = session.scalars(noted).all()
    assert acts == ["declare", "settle declaration"]


def test_nobody_declares_for_another_visitor(session: Session, make: Workshop) -> None:
    me, you = make.person(), make.person()
    visitor = make.actor(Role.VOLUNTEER, person=me)
    with pytest.raises(desk.PeopleError, match="only declare something about yourself"):
        desk.declare(session, you.id, CHANGE, "Moved", by=visitor, at=NOW)
    assert declarations_of(session, you.id) == []


def test_sent_twice_it_is_one_declaration(session: Session, make: Workshop) -> None:
    person, coordinator = make.person(), make.actor(Role.COORDINATOR)
    first = desk.declare(session, person.id, CHANGE, "Moved", by=coordinator, at=NOW)
    assert desk.declare(session, person.id, CHANGE, "Moved", by=coordinator, at=NOW) == first
    assert session.scalar(sa.select(sa.func.count()).select_from(Declaration)) == 1


def test_eligibility_needs_no_words_and_no_decision(session: Session, make: Workshop) -> None:
    person, coordinator = make.person(), make.actor(Role.COORDINATOR)
    number = desk.declare(session, person.id, DeclarationKind.ELIGIBILITY, "", by=coordinator, at=NOW)
    assert unsettled_declarations(session) == []
    assert not declarations_of(session, person.id)[0].is_waiting
    with pytest.raises(desk.PeopleError, match="counts as it stands"):
        desk.settle_declaration(session, person.id, number, "Fine", by=coordinator, at=NOW)


def test_a_change_without_words_or_of_tomorrow_is_refused(session: Session, make: Workshop) -> None:
    person, coordinator = make.person(), make.actor(Role.COORDINATOR)
    with pytest.raises(desk.PeopleError, match="what has changed"):
        desk.declare(session, person.id, CHANGE, "  ", by=coordinator, at=NOW)
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(desk.PeopleError, match="still to come"):
        desk.declare(session, person.id, CHANGE, "Moved", declared_on=tomorrow, by=coordinator, at=NOW)


def test_what_was_decided_stands(session: Session, make: Workshop) -> None:
    person, other, coordinator = make.person(), make.person(), make.actor(Role.COORDINATOR)
    number = desk.declare(session, person.id, CHANGE, "Moved", by=coordinator, at=NOW)
    with pytest.raises(desk.PeopleError, match="Say what was decided"):
        desk.settle_declaration(session, person.id, number, " ", by=coordinator, at=NOW)
    with pytest.raises(desk.PeopleError, match="not on record"):
        desk.settle_declaration(session, other.id, number, "Fine", by=coordinator, at=NOW)
    desk.settle_declaration(session, person.id, number, "Fine", by=coordinator, at=NOW)
    with pytest.raises(desk.PeopleError, match="settled already"):
        desk.settle_declaration(session, person.id, number, "Not fine", by=coordinator, at=NOW)


def test_what_somebody_who_left_had_declared_waits_for_nobody(session: Session, make: Workshop) -> None:
    person, coordinator = make.person(Stage.LEFT, left_on=TODAY), make.actor(Role.COORDINATOR)
    desk.declare(session, person.id, CHANGE, "Moved", by=coordinator, at=NOW)
    assert unsettled_declarations(session) == []
