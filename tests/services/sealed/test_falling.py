"""A time falls with the pair that agreed it, or with its week."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState
from icv.services import duties, visits
from icv.services.people.duties import release
from icv.services.sealed import TimeError
from icv.services.sweeping import sweep
from icv.store.people import Person
from icv.store.sealed import SealedTime, sealed_time_seen_by
from icv.store.visits import Duty
from tests.services.sealed.conftest import LATER, THEN, WEEK, Pair, agreed, propose
from tests.workshop import NOW, Workshop


def test_alone_or_before_accepting_nobody_agrees(session: Session, pair: Pair) -> None:
    pair.ada_duty.state = DutyState.OFFERED
    with pytest.raises(TimeError, match="Accept this visit first"):
        propose(session, pair, pair.ada)
    assert not propose(session, pair, pair.bo)
    duties.decline(session, pair.ada_duty.id, "", by=pair.ada, at=NOW)
    with pytest.raises(TimeError, match="nobody visits alone"):
        propose(session, pair, pair.bo, LATER)


def test_a_new_partner_agrees_anew_and_the_one_before_sees_nothing(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    release(session, [pair.bo_duty], "left", by=make.actor(Role.COORDINATOR), at=NOW)
    session.flush()
    cy = make.person(name="Cy")
    make.duty(pair.visit, cy, place=2)
    new = make.actor(Role.VOLUNTEER, person=cy)
    for one in (pair.ada, pair.bo, new):
        assert sealed_time_seen_by(session, one, pair.visit.id) is None
    propose(session, pair, pair.ada, LATER)
    seen = sealed_time_seen_by(session, new, pair.visit.id)
    assert seen
    assert seen.starts_at == LATER
    assert sealed_time_seen_by(session, pair.bo, pair.visit.id) is None


def test_coming_back_to_the_same_place_does_not_bring_the_time_back(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    duties.decline(session, pair.bo_duty.id, "", by=pair.bo, at=NOW)
    make.duty(pair.visit, session.get_one(Person, pair.bo.person_id), place=2)
    assert sealed_time_seen_by(session, pair.ada, pair.visit.id) is None
    assert sealed_time_seen_by(session, pair.bo, pair.visit.id) is None


def test_times_that_fell_are_swept_out_of_the_database(session: Session, pair: Pair, make: Workshop) -> None:
    agreed(session, pair)
    other = make.visit(None, make.person(), make.person(), week=WEEK)
    ids = session.scalars(sa.select(Duty.id).where(Duty.visit_id == other.id).order_by(Duty.id)).all()
    session.add(
        SealedTime(visit_id=other.id, starts_at=THEN, proposed_by_id=ids[0], asked_id=ids[1], changed_at=NOW)
    )
    duties.decline(session, pair.bo_duty.id, "", by=pair.bo, at=NOW)
    sweep(session, at=NOW)
    kept = sa.select(SealedTime.visit_id, SealedTime.starts_at).order_by(SealedTime.visit_id)
    assert {tuple(row) for row in session.execute(kept)} == {(pair.visit.id, None), (other.id, THEN)}


def test_a_visit_recorded_as_missed_keeps_no_time_even_opened_again(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    coordinator = make.actor(Role.COORDINATOR)
    at = NOW + timedelta(weeks=2)
    visits.record_missed(session, pair.visit.id, "Nobody came", by=coordinator, at=at)
    visits.open_again(session, pair.visit.id, by=coordinator, at=at)
    assert sealed_time_seen_by(session, pair.ada, pair.visit.id) is None
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None
