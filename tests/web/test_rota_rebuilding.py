"""The smallest change after a drop-out, through real requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.visits import HELD, DutyState
from icv.services import rota as desk
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


@pytest.fixture
def rota(make: Workshop, session: Session) -> Rota:
    """Published: one visit, and two visitors who have none."""
    make.suite("Euston Street")
    for name in ("Ann", "Bo", "Cy", "Di"):
        make.person(name=name)
    rota = desk.draw(session, A_WEEK, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    session.execute(sa.delete(Letter))
    return rota


def on_place(session: Session, place: int = 1) -> Person:
    held = sa.select(Duty.person_id).where(Duty.place == place, Duty.state.in_(HELD))
    return session.scalars(sa.select(Person).where(Person.id.in_(held))).one()


def test_somebody_who_cannot_come_is_replaced_and_only_those_touched_are_told(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    ann, partner = on_place(session), on_place(session, 2)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").follow("Somebody dropped out?")
    assert "Nothing to put right" in coordinator.text
    coordinator.send({"person": str(ann.id)}, button="Find the smallest change")
    assert "1 place changes hands. No rota of these people and rules" in coordinator.text
    assert "Cannot come on these days" in coordinator.text
    assert session.scalars(sa.select(Letter)).all() == []
    coordinator.send(button="Make this change")
    assert "The rota is changed. Tell 3 people yourself." in coordinator.text
    told = set(session.scalars(sa.select(Letter.to_email)))
    assert told == {ann.email, on_place(session).email, partner.email}


def test_what_moved_meanwhile_is_said_and_the_new_difference_shown(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    ann = on_place(session)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild")
    coordinator.send({"person": str(ann.id)}, button="Find the smallest change")
    spare = session.scalars(sa.select(Person).where(Person.id.not_in(sa.select(Duty.person_id)))).all()
    taker = next(one for one in spare if f"<b>{one.name}</b>" in coordinator.html)
    session.add(DaysAway(person_id=taker.id, first_on=MONDAY, last_on=A_WEEK.last))
    coordinator.send(button="Make this change", status=422)
    assert "Something has changed since you looked" in coordinator.text
    assert f"<b>{taker.name}</b>" not in coordinator.html
    assert on_place(session).id == ann.id
    coordinator.send(button="Make this change")
    assert on_place(session).id not in (ann.id, taker.id)


def test_making_the_change_twice_changes_nothing_more(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    ann = on_place(session)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild")
    coordinator.send({"person": str(ann.id)}, button="Find the smallest change")
    hidden = {one.get("name"): one.get("value") for one in coordinator.page.iter("input")}
    sent = {name: hidden[name] for name in ("seal", "moves")}
    coordinator.send(button="Make this change")
    coordinator.post(f"/rota/{rota.id}/rebuild", sent, status=422)
    assert "Something has changed since you looked" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).where(Duty.state == DutyState.RELEASED)) == 1


def test_bad_days_keep_what_was_typed(browse_as: Callable[..., Browser], rota: Rota) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild")
    coordinator.send({"first_on-day": "", "last_on-year": "2027"}, button="Find", status=422)
    assert "must include a day" in coordinator.text
    assert 'value="2027"' in coordinator.html
    coordinator.send({"first_on-day": "9", "last_on-year": "2020"}, button="Find", status=422)
    assert "The last day cannot be before the first" in coordinator.text


@pytest.mark.parametrize("wrong", ["x", "1-3-0-0", "999-1-0-1", ""])
def test_moves_nobody_was_shown_are_refused(
    browse_as: Callable[..., Browser], session: Session, rota: Rota, wrong: str
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild")
    coordinator.post(f"/rota/{rota.id}/rebuild", {"seal": "x", "moves": wrong}, status=422)
    assert session.scalars(sa.select(Letter)).all() == []


def test_an_empty_place_nobody_can_take_is_looked_at_further(
    browse_as: Callable[..., Browser], session: Session, rota: Rota
) -> None:
    for who in session.scalars(sa.select(Person.id)).all():
        if who != on_place(session, 2).id:
            session.add(DaysAway(person_id=who, first_on=MONDAY, last_on=A_WEEK.last))
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild")
    assert "No change of places fills it" in coordinator.text
    coordinator.follow("Look further")
    assert coordinator.heading == "What is the smallest change?"
    assert "No change of places fills it" in coordinator.text


@pytest.mark.parametrize(
    "days", ["", "&first_on=2026-13-01&last_on=x", "&first_on=2026-03-20&last_on=2026-03-01"]
)
def test_an_address_that_says_nothing_asks_of_nobody(
    browse_as: Callable[..., Browser], rota: Rota, days: str
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}/rebuild?person=1{days}")
    assert "Nothing to put right" in coordinator.text


def test_a_draft_is_not_put_right_so(browse_as: Callable[..., Browser], session: Session, rota: Rota) -> None:
    later = Period(A_WEEK.last + timedelta(days=1), A_WEEK.last + timedelta(days=7))
    draft = desk.draw(session, later, 7, by=None, at=NOW)
    browse_as(Role.COORDINATOR).get(f"/rota/{draft.id}/rebuild", status=404)
