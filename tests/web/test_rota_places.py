"""A place is given, locked, left empty or changed by hand, and a visit is cancelled."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState, Outcome
from icv.store.availability import DaysAway
from icv.store.people import Person
from icv.store.rota import draft_visits
from icv.store.visits import Duty, Visit
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.rotas import (
    A_WEEK,
    MONDAY,
    a_scheme,
    draft,
    first_visit,
    place_of,
    published,
)
from tests.workshop import NOW, TODAY, Workshop


def test_a_place_is_given_by_hand_with_the_reasons_shown(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    visit_id = first_visit(session, rota)
    before = draft_visits(session, rota.id)[0].visitors
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, visit_id))
    assert "Already on another visit this week" in coordinator.text
    coordinator.send(button="Choose")
    assert "The place is filled" in coordinator.text
    after = draft_visits(session, rota.id)[0]
    session.expire_all()
    assert after.visitors[0] != before[0]
    assert after.visitors[1] == before[1]
    assert "locked" in coordinator.text


def test_overriding_a_rule_needs_a_reason_that_is_shown(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    make.suite("Euston Street")
    make.person(), make.person()
    away = make.person(name="Cy Away")
    session.add(DaysAway(person_id=away.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    rota = draft(session, A_WEEK)
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, first_visit(session, rota)))
    coordinator.follow("All the same: Cy Away")
    assert "Away this week" in coordinator.text
    coordinator.send({"reason": ""}, button="Put Cy Away", status=422)
    assert "the reason is kept" in coordinator.text
    coordinator.send({"reason": "Back early"}, button="Put Cy Away")
    assert "against a rule: Back early" in coordinator.text


def test_a_place_is_left_empty_locked_and_unlocked(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(page).send(button="Lock")
    assert "Locked" in coordinator.text
    coordinator.send(button="Unlock")
    assert "Unlocked" in coordinator.text
    coordinator.send(button="Leave this place empty")
    assert "The place is left empty" in coordinator.text
    coordinator.get(page)
    assert "This place is empty." in coordinator.text


def test_a_published_place_changes_hands(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, first_visit(session, rota)))
    coordinator.send(button="Choose")
    assert "told by e-mail" in coordinator.text
    assert "it has been changed by hand since" in coordinator.text
    states = session.scalars(sa.select(Duty.state)).all()
    assert states.count(DutyState.RELEASED) == 1
    assert states.count(DutyState.OFFERED) == 4


def test_sending_a_choice_twice_changes_nothing_more(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    spare = session.scalars(
        sa.select(Duty.person_id).where(Duty.visit_id == first_visit(session, rota), Duty.place == 1)
    ).one()
    coordinator = browse_as(Role.COORDINATOR).get(page)
    for _ in range(2):
        coordinator.post(page, {"person": str(spare)})
    assert session.scalar(sa.select(sa.func.count()).select_from(Duty)) == 4


def test_a_refused_choice_says_why(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    visit_id = first_visit(session, rota)
    partner = session.scalars(
        sa.select(Duty.person_id).where(Duty.visit_id == visit_id, Duty.place == 2)
    ).one()
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, visit_id))
    coordinator.post(place_of(rota, visit_id), {"person": str(partner)})
    assert "nobody visits alone" in coordinator.text
    coordinator.post(place_of(rota, visit_id), {"person": "999999"})
    assert "in office" in coordinator.text


def test_a_visit_is_cancelled_with_its_day_and_reason(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    coordinator = browse_as(Role.COORDINATOR).get(page).follow("Cancel the whole visit")
    assert "taken out of the visits scheduled" in coordinator.text
    coordinator.send({"reason": ""}, button="Cancel this visit", status=422)
    coordinator.send({**day(MONDAY, "cancelled_on"), "reason": "Flood"}, button="Cancel", status=422)
    assert "future" in coordinator.text
    assert "Flood" in coordinator.html
    coordinator.send({**day(TODAY, "cancelled_on")}, button="Cancel this visit")
    assert "cancelled on 4 Mar 2026: Flood" in coordinator.text
    outcomes = session.scalars(sa.select(Visit.outcome).order_by(Visit.id)).all()
    assert outcomes == [Outcome.CANCELLED, None]


def test_a_week_that_is_over_cannot_be_changed(
    browse_as: Callable[..., Browser], make: Workshop, session: Session, clock: Clock
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    clock.at = NOW + timedelta(days=14)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert "report due" in coordinator.text
    coordinator.get(place_of(rota, first_visit(session, rota)))
    assert "cannot be changed any more" in coordinator.text


def test_nobody_is_put_on_both_places_or_after_they_left_whatever_the_reason(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    line = draft_visits(session, rota.id)[0]
    leaver = next(
        person
        for person in session.scalars(sa.select(Person).order_by(Person.id))
        if person.id not in line.visitors
    )
    leaver.left_on = A_WEEK.first + timedelta(days=2)
    session.commit()
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, line.id))
    assert "Leaves on" in coordinator.text
    assert "cannot be put on this visit. never" in coordinator.text
    for person in (leaver.id, line.visitors[1]):
        page = f"{place_of(rota, line.id)}/all-the-same/{person}"
        assert "No reason can stand against that." in coordinator.get(page).text
        coordinator.post(page, {"reason": "All the same"})
        assert "Choose somebody else" in coordinator.text
    assert draft_visits(session, rota.id)[0].visitors == line.visitors
