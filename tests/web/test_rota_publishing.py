"""The page on which a draft is looked over before it is published, through real requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.services import rota as desk
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.visits import Visit
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


@pytest.fixture
def rota(make: Workshop, session: Session) -> Rota:
    """A draft of one visit, by Ann and Bo."""
    make.suite("Euston Street"), make.person(name="Ann"), make.person(name="Bo")
    return desk.draw(session, A_WEEK, 7, by=None, at=NOW)


def is_away(session: Session, name: str) -> None:
    who = session.scalars(sa.select(Person.id).where(Person.name == name)).one()
    session.add(DaysAway(person_id=who, first_on=MONDAY, last_on=A_WEEK.last))
    session.flush()


def test_nothing_is_sent_before_the_button(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").follow("Review and publish")
    assert "Nobody has been told of anything yet" in coordinator.text
    assert "New visits 1" in coordinator.text
    assert "None: publishing only adds visits" in coordinator.text
    assert "2 people" in coordinator.text
    assert session.scalars(sa.select(Letter)).all() == []
    coordinator.send(button="Publish this rota")
    assert "Published. 2 people" in coordinator.text
    assert len(session.scalars(sa.select(Letter)).all()) == 2
    coordinator.get(f"/rota/{rota.id}/publish")
    assert "published already" in coordinator.text
    assert len(session.scalars(sa.select(Letter)).all()) == 2


def test_a_place_not_possible_any_more_needs_a_reason_or_somebody_else(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    is_away(session, "Ann")
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/publish")
    assert "1 place is not possible any more" in coordinator.text
    assert "Away this week" in coordinator.text
    coordinator.send({"reason": "  "}, button="Publish", status=422)
    assert "say why it should be so all the same" in coordinator.text
    coordinator.send({"reason": "Back for the visit"}, button="Publish")
    assert "against a rule: Back for the visit" in coordinator.text


def test_the_place_is_put_right_from_the_page(
    browse_as: Callable[..., Browser], session: Session, make: Workshop, rota: Rota
) -> None:
    is_away(session, "Ann")
    make.person(name="Cy")
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/publish")
    coordinator.follow("Choose somebody else than Ann").send(button="Choose")
    coordinator.get(f"/rota/{rota.id}/publish")
    assert "not possible any more" not in coordinator.text
    assert "Cy" in coordinator.text
    coordinator.send(button="Publish")
    assert "Published. 2 people" in coordinator.text


def test_what_changed_meanwhile_is_shown_before_anybody_is_told(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/publish")
    is_away(session, "Bo")
    coordinator.send(button="Publish", status=422)
    assert "Something has changed since you looked" in coordinator.text
    assert "1 place is not possible any more" in coordinator.text
    assert session.get_one(Rota, rota.id, populate_existing=True).state is RotaState.DRAFT
    coordinator.send({"reason": "She said so"}, button="Publish")
    assert "Published." in coordinator.text


def test_what_cannot_be_published_says_what_to_do_and_has_no_button(
    browse_as: Callable[..., Browser], session: Session, make: Workshop, rota: Rota
) -> None:
    again = desk.draw(session, A_WEEK, 8, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{again.id}/publish")
    assert "It cannot be published as it is" in coordinator.text
    assert "Visits are scheduled already for Euston Street" in coordinator.text
    assert "Publish this rota" not in coordinator.text.replace(coordinator.heading, "")
    coordinator.post(f"/rota/{again.id}/publish", {"seal": "old"}, status=422)
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 1


def test_an_empty_visit_is_named_with_its_reason(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    visit_id = desk.board_of(session, rota, Choices()).seats[0].visit_id
    desk.put(session, rota, visit_id, 1, None, choices=Choices(), by=None, at=NOW)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/publish")
    assert "Visits without a pair" in coordinator.text
    assert "one visitor" in coordinator.text
