"""Accepting and declining duties, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState, Outcome
from icv.services import duties as desk
from icv.services.duties import DutyError
from icv.store.duties import duties_seen_by, duty_seen_by
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop


def test_a_duty_is_accepted_once(session: Session, make: Workshop) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    duty = make.duty(make.visit(), person, state=DutyState.OFFERED)
    desk.accept(session, duty.id, by=actor, at=NOW + timedelta(hours=1))
    desk.accept(session, duty.id, by=actor, at=NOW + timedelta(hours=2))
    assert (duty.state, duty.sequence, duty.changed_at) == (DutyState.ACCEPTED, 1, NOW + timedelta(hours=1))
    assert session.scalars(sa.select(TrailEntry.act)).all() == ["accept duty"]


def test_a_declined_duty_leaves_its_place_open(session: Session, make: Workshop) -> None:
    person, partner = make.person(), make.person(name="Bo")
    actor = make.actor(Role.VOLUNTEER, person=person)
    visit = make.visit(None, person, partner)
    duty = duties_seen_by(session, actor, on=TODAY, contact_days=14)[0]
    for _ in range(2):
        desk.decline(session, duty.id, " On holiday ", by=actor, at=NOW)
    own = duty_seen_by(session, actor, duty.id, on=TODAY, contact_days=14)
    assert own is not None
    assert own.state is DutyState.DECLINED
    theirs = duties_seen_by(session, make.actor(Role.VOLUNTEER, person=partner), on=TODAY, contact_days=14)
    assert [(one.visit_id, one.partner_id) for one in theirs] == [(visit.id, None)]


def test_a_declined_duty_is_not_accepted_again(session: Session, make: Workshop) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    duty = make.duty(make.visit(), person, state=DutyState.RELEASED)
    with pytest.raises(DutyError, match="no longer yours"):
        desk.accept(session, duty.id, by=actor, at=NOW)


def test_nobody_answers_for_another(session: Session, make: Workshop) -> None:
    actor = make.actor(Role.VOLUNTEER, person=make.person())
    duty = make.duty(make.visit(), make.person(), state=DutyState.OFFERED)
    with pytest.raises(DutyError, match="not on your list"):
        desk.accept(session, duty.id, by=actor, at=NOW)
    assert duty_seen_by(session, actor, duty.id, on=TODAY, contact_days=14) is None


@pytest.mark.parametrize("outcome", [None, Outcome.COMPLETED])
def test_what_is_over_is_not_answered(session: Session, make: Workshop, outcome: Outcome | None) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    visit = make.visit(week=TODAY if outcome else TODAY - timedelta(weeks=1), outcome=outcome)
    duty = make.duty(visit, person, state=DutyState.OFFERED)
    for answer in (
        lambda: desk.accept(session, duty.id, by=actor, at=NOW),
        lambda: desk.decline(session, duty.id, "", by=actor, at=NOW),
    ):
        with pytest.raises(DutyError, match="is over"):
            answer()


@pytest.mark.parametrize(("weeks", "is_shown"), [(-1, False), (0, True), (1, True), (2, True), (3, False)])
def test_a_partners_number_shows_from_two_weeks_before_to_the_weeks_end(
    session: Session, make: Workshop, weeks: int, is_shown: bool
) -> None:
    person, partner = make.person(), make.person(phone="+44 7700 900123")
    make.visit(None, person, partner, week=TODAY + timedelta(weeks=weeks))
    actor = make.actor(Role.VOLUNTEER, person=person)
    (own,) = duties_seen_by(session, actor, on=TODAY, contact_days=14)
    assert own.partner_phone == ("+44 7700 900123" if is_shown else "")


def test_cancelled_visits_leave_the_list(session: Session, make: Workshop) -> None:
    person = make.person()
    make.visit(None, person, outcome=Outcome.CANCELLED, cancelled_on=TODAY, reason="Flood")
    actor = make.actor(Role.VOLUNTEER, person=person)
    assert duties_seen_by(session, actor, on=TODAY, contact_days=14) == []
