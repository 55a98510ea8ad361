"""Several people moved by one act: all or nobody, or those whom nothing holds back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.store.people import Interview, Person, StageStep
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
TO_INTERVIEWED = desk.Move(Stage.INTERVIEWED, TODAY)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def shortlisted(make: Workshop, name: str, *, is_interviewed: bool) -> Person:
    person = make.person(Stage.SHORTLISTED, name=name)
    if is_interviewed:
        held_on = TODAY - timedelta(days=1)
        make.keep(Interview(person_id=person.id, held_on=held_on, is_recommended=True, made_at=NOW))
    return person


def interviewed(session: Session) -> set[int]:
    session.flush()
    return set(session.scalars(sa.select(StageStep.person_id).where(StageStep.stage == Stage.INTERVIEWED)))


def test_everybody_who_lacks_something_is_named_at_once(session: Session, make: Workshop, by: Actor) -> None:
    people = [shortlisted(make, name, is_interviewed=name == "Ben") for name in ("Asha", "Ben", "Cara")]
    with pytest.raises(desk.PeopleError) as refused:
        desk.move_several(session, [one.id for one in people], TO_INTERVIEWED, CHOICES, by=by, at=NOW)
    assert "Asha (no notes of an interview); Cara (no notes of an interview)" in str(refused.value)
    assert interviewed(session) == set()


def test_those_who_are_ready_go_and_the_others_stay(session: Session, make: Workshop, by: Actor) -> None:
    ready, not_ready = (shortlisted(make, name, is_interviewed=name == "Asha") for name in ("Asha", "Ben"))
    moved = desk.move_several(
        session, [ready.id, not_ready.id], TO_INTERVIEWED, CHOICES, only_ready=True, by=by, at=NOW
    )
    assert [one.person_id for one in moved] == [ready.id]
    assert interviewed(session) == {ready.id}


def test_where_nobody_is_ready_it_is_said_why(session: Session, make: Workshop, by: Actor) -> None:
    person = shortlisted(make, "Asha", is_interviewed=False)
    with pytest.raises(desk.PeopleError, match="no notes of an interview"):
        desk.move_several(session, [person.id], TO_INTERVIEWED, CHOICES, only_ready=True, by=by, at=NOW)


def test_a_wrong_turn_is_refused_for_those_who_are_not_ready_too(
    session: Session, make: Workshop, by: Actor
) -> None:
    people = [shortlisted(make, "Asha", is_interviewed=True), make.person(Stage.APPLIED, name="Ben")]
    with pytest.raises(desk.PeopleError, match="Ben is at the stage “applied” now"):
        desk.move_several(
            session, [one.id for one in people], TO_INTERVIEWED, CHOICES, only_ready=True, by=by, at=NOW
        )
