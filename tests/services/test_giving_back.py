"""Days away after a duty was given: the duty goes back, and those concerned are told. On both databases."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import monday_of
from icv.rules.visits import DutyState, Outcome
from icv.services import availability as desk
from icv.store.availability import days_away_from
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.visits import Duty
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=2)
SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def person(make: Workshop) -> Person:
    return make.person(name="Ann Hart")


@pytest.fixture
def me(make: Workshop, person: Person) -> Actor:
    return make.actor(Role.VOLUNTEER, person=person)


def away(session: Session, me: Actor, first: date, last: date, *giving_back: Duty) -> desk.DutiesTouched:
    ids = [duty.id for duty in giving_back]
    return desk.add_days_away(
        session, first, last, giving_back=ids, rota_link="https://icv.example/today/", by=me, at=NOW
    )


def duty_in(make: Workshop, person: Person, monday: date = MONDAY, *others: Person, **more: object) -> Duty:
    visit = make.visit(None, person, *others, week=monday, **more)
    return make.session.scalars(
        sa.select(Duty).where(Duty.visit_id == visit.id, Duty.person_id == person.id)
    ).one()


def test_nothing_is_stored_before_the_visitor_has_said_that_the_duty_goes_back(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    duty = duty_in(make, person)
    touched = away(session, me, MONDAY, SUNDAY)
    assert ([one.id for one in touched.given_back], touched.is_stored) == ([duty.id], False)
    assert days_away_from(session, person.id, TODAY) == []
    assert duty.state is DutyState.ACCEPTED


def test_a_duty_of_a_week_without_a_day_left_goes_back_and_both_sides_are_told(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    coordinator, partner = make.account(Role.COORDINATOR), make.person(name="Ben Lee")
    duty = duty_in(make, person, MONDAY, partner)
    touched = away(session, me, MONDAY - timedelta(days=3), SUNDAY, duty)
    assert touched.is_stored
    assert (duty.state, duty.sequence, duty.reason) == (DutyState.RELEASED, 1, "away")
    other = session.scalars(sa.select(Duty).where(Duty.person_id == partner.id)).one()
    assert other.state is DutyState.ACCEPTED
    letters = dict(session.execute(sa.select(Letter.to_email, Letter.body)).all())
    assert set(letters) == {coordinator.email, partner.email}
    assert "Ann Hart is away" in letters[coordinator.email]
    assert "with Ben Lee" in letters[coordinator.email]
    assert "away" not in letters[partner.email]


def test_the_same_days_again_tell_nobody_again(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    make.account(Role.COORDINATOR)
    duty = duty_in(make, person)
    for _ in range(2):
        away(session, me, MONDAY, SUNDAY, duty)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1
    assert len(days_away_from(session, person.id, TODAY)) == 1
    assert duty.sequence == 1


def test_a_week_with_a_day_left_keeps_its_duty(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    duty = duty_in(make, person)
    touched = away(session, me, MONDAY, SUNDAY - timedelta(days=1))
    assert (touched.is_stored, [one.id for one in touched.kept]) == (True, [duty.id])
    assert duty.state is DutyState.ACCEPTED


def test_days_given_in_parts_cover_a_week_together(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    duty = duty_in(make, person)
    away(session, me, MONDAY, MONDAY + timedelta(days=2))
    away(session, me, MONDAY + timedelta(days=4), SUNDAY)
    touched = away(session, me, MONDAY + timedelta(days=3), MONDAY + timedelta(days=3), duty)
    assert touched.is_stored
    assert duty.state is DutyState.RELEASED


def test_of_this_week_only_the_days_left_count(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    duty = duty_in(make, person, monday_of(TODAY))
    away(session, me, TODAY, monday_of(TODAY) + timedelta(days=6), duty)
    assert duty.state is DutyState.RELEASED


@pytest.mark.parametrize("more", [{"outcome": Outcome.COMPLETED}, {"arrived_at": NOW}])
def test_a_visit_that_was_made_stays_as_it_is(
    session: Session, make: Workshop, person: Person, me: Actor, more: dict[str, object]
) -> None:
    duty = duty_in(make, person, monday_of(TODAY), **more)
    touched = away(session, me, TODAY, monday_of(TODAY) + timedelta(days=6))
    assert (touched.is_stored, touched.given_back, touched.kept) == (True, [], [])
    assert duty.state is DutyState.ACCEPTED


def test_a_duty_that_came_meanwhile_is_asked_about_again(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    first = duty_in(make, person)
    second = duty_in(make, person, MONDAY + timedelta(weeks=1))
    touched = away(session, me, MONDAY, SUNDAY + timedelta(weeks=1), first)
    assert not touched.is_stored
    assert {first.state, second.state} == {DutyState.ACCEPTED}


def test_only_ones_own_duties_go_back(session: Session, make: Workshop, person: Person, me: Actor) -> None:
    theirs = duty_in(make, make.person())
    touched = away(session, me, MONDAY, SUNDAY, theirs)
    assert (touched.is_stored, touched.given_back) == (True, [])
    assert theirs.state is DutyState.ACCEPTED


def test_taking_days_off_brings_no_duty_back(
    session: Session, make: Workshop, person: Person, me: Actor
) -> None:
    duty = duty_in(make, person)
    away(session, me, MONDAY, SUNDAY, duty)
    (days,) = days_away_from(session, person.id, TODAY)
    assert desk.remove_days_away(session, days.id, by=me, at=NOW)
    session.refresh(duty)
    assert duty.state is DutyState.RELEASED
