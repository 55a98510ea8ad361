"""Two at once about one sealed time, each in a transaction of its own, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.visits import DutyState
from icv.services import duties, sealed
from icv.store.engine import open_engine, reading, writing
from icv.store.sealed import SealedTime, SeenTime, sealed_time_seen_by
from icv.store.visits import Duty
from tests.services.at_once import told_at_once
from tests.workshop import NOW, Workshop

THEN = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
LATER = datetime(2026, 3, 14, 22, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Apart:
    """A database whose transactions really end, a visit in it, and its two visitors."""

    engine: sa.Engine
    visit_id: int
    ada: Actor
    bo: Actor

    def doing(self, act: Callable[[Session], object]) -> Callable[[], None]:
        def done() -> None:
            with writing(self.engine) as session:
                act(session)
                session.commit()

        return done

    def proposing(self, by: Actor, then: datetime) -> Callable[[], None]:
        return self.doing(
            lambda session: sealed.propose(session, self.visit_id, then, address_of, by=by, at=NOW)
        )

    def agreeing(self, by: Actor, seen: int) -> Callable[[], None]:
        return self.doing(
            lambda session: sealed.agree(session, self.visit_id, seen, address_of, by=by, at=NOW)
        )

    def seen_by(self, actor: Actor) -> SeenTime | None:
        with reading(self.engine) as session:
            return sealed_time_seen_by(session, actor, self.visit_id)


def address_of(duty_id: int) -> str:
    return f"https://icv.example/duties/{duty_id}/time"


@pytest.fixture
def apart(upgraded_url: str) -> Iterator[Apart]:
    engine = open_engine(upgraded_url)
    with writing(engine) as session:
        make = Workshop(session)
        people = [make.person(), make.person()]
        visit = make.visit(None, *people, week=date(2026, 3, 9))
        ada, bo = (make.actor(Role.VOLUNTEER, person=person) for person in people)
        made = Apart(engine, visit.id, ada, bo)
        session.commit()
    yield made
    engine.dispose()


def test_of_two_proposing_at_once_the_last_one_stands_and_neither_is_agreed(apart: Apart) -> None:
    assert told_at_once(apart.proposing(apart.ada, THEN), apart.proposing(apart.bo, LATER)) == ["", ""]
    mine, theirs = apart.seen_by(apart.ada), apart.seen_by(apart.bo)
    assert mine
    assert theirs
    assert mine.starts_at == theirs.starts_at
    assert mine.is_own is not theirs.is_own
    assert not mine.is_agreed


def test_two_proposing_the_same_time_at_once_have_agreed(apart: Apart) -> None:
    assert told_at_once(apart.proposing(apart.ada, THEN), apart.proposing(apart.bo, THEN)) == ["", ""]
    stands = apart.seen_by(apart.ada)
    assert stands
    assert stands.is_agreed


def test_nobody_agrees_to_a_time_they_have_not_seen(apart: Apart) -> None:
    apart.proposing(apart.ada, THEN)()
    seen = apart.seen_by(apart.bo)
    assert seen
    changed, agreed = told_at_once(apart.proposing(apart.ada, LATER), apart.agreeing(apart.bo, seen.sequence))
    stands = apart.seen_by(apart.bo)
    assert stands
    assert (changed, stands.starts_at, stands.is_agreed) == ("", LATER, False)
    assert not agreed or "changed while you looked" in agreed


def test_of_agreeing_and_giving_the_visit_up_at_once_no_time_is_left(apart: Apart) -> None:
    apart.proposing(apart.ada, THEN)()
    seen = apart.seen_by(apart.bo)
    with reading(apart.engine) as session:
        duty_id = session.scalars(sa.select(Duty.id).where(Duty.person_id == apart.ada.person_id)).one()
    assert seen
    declining = apart.doing(lambda session: duties.decline(session, duty_id, "", by=apart.ada, at=NOW))
    agreed, declined = told_at_once(apart.agreeing(apart.bo, seen.sequence), declining)
    assert not declined
    assert not agreed or "nobody visits alone" in agreed
    assert apart.seen_by(apart.bo) is None
    with reading(apart.engine) as session:
        assert session.get_one(Duty, duty_id).state is DutyState.DECLINED


def test_taking_back_and_agreeing_at_once_leaves_either_and_never_half(apart: Apart) -> None:
    apart.proposing(apart.ada, THEN)()
    seen = apart.seen_by(apart.bo)
    assert seen
    taking_back = apart.doing(
        lambda session: sealed.take_back(
            session, apart.visit_id, seen.sequence, address_of, by=apart.ada, at=NOW
        )
    )
    taken, agreed = told_at_once(taking_back, apart.agreeing(apart.bo, seen.sequence))
    stands = apart.seen_by(apart.bo)
    assert [bool(taken), bool(agreed)].count(True) == 1
    assert (stands is None) is bool(agreed)
    assert stands is None or stands.is_agreed


def test_sweeping_leaves_a_time_just_proposed_by_the_new_pair(apart: Apart) -> None:
    apart.proposing(apart.ada, THEN)()
    with writing(apart.engine) as session:
        duty = session.scalars(sa.select(Duty).where(Duty.person_id == apart.bo.person_id)).one()
        duty.state = DutyState.RELEASED
        session.flush()
        make = Workshop(session)
        cy = make.person(email="cy@example.org")
        session.add(
            Duty(
                visit_id=apart.visit_id,
                person_id=cy.id,
                place=duty.place,
                state=DutyState.ACCEPTED,
                uid="cy",
                given_at=NOW,
                changed_at=NOW,
            )
        )
        session.commit()
    sweeping = apart.doing(lambda session: sealed.forget_fallen(session, at=NOW))
    assert told_at_once(apart.proposing(apart.ada, LATER), sweeping) == ["", ""]
    stands = apart.seen_by(apart.ada)
    assert stands
    assert stands.starts_at == LATER
    with reading(apart.engine) as session:
        assert session.scalars(sa.select(SealedTime.starts_at)).one() == LATER
