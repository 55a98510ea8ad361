"""A pair with a visit next week, and what either does about its time."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services import sealed
from icv.store.sealed import sealed_time_seen_by
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, Workshop

THEN = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
LATER = datetime(2026, 3, 14, 22, 40, tzinfo=UTC)
WEEK = date(2026, 3, 9)


class Pair(NamedTuple):
    visit: Visit
    ada: Actor
    bo: Actor
    ada_duty: Duty
    bo_duty: Duty


def address_of(duty_id: int) -> str:
    return f"https://icv.example/duties/{duty_id}/time"


@pytest.fixture
def pair(make: Workshop) -> Pair:
    ada, bo = make.person(name="Ada", email="ada@example.org"), make.person(name="Bo", email="bo@example.org")
    visit = make.visit(make.suite("Euston Street"), week=WEEK)
    ada_duty, bo_duty = make.duty(visit, ada), make.duty(visit, bo, place=2)
    actors = [make.actor(Role.VOLUNTEER, person=person) for person in (ada, bo)]
    return Pair(visit, actors[0], actors[1], ada_duty, bo_duty)


def propose(session: Session, pair: Pair, by: Actor, then: datetime = THEN, at: datetime = NOW) -> bool:
    return sealed.propose(session, pair.visit.id, then, address_of, by=by, at=at)


def agree(session: Session, pair: Pair, by: Actor, seen: int | None = None) -> None:
    stands = sealed_time_seen_by(session, by, pair.visit.id)
    seen = seen if seen is not None else (stands.sequence if stands else 0)
    sealed.agree(session, pair.visit.id, seen, address_of, by=by, at=NOW)


def agreed(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    agree(session, pair, pair.bo)
