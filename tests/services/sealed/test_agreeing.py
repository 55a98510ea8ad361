"""A time is proposed and agreed by the pair, and seen by nobody else; on both databases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services import sealed
from icv.services.sealed import TimeError
from icv.store.letters import Letter
from icv.store.sealed import SealedTime, sealed_time_seen_by
from tests.services.sealed.conftest import LATER, THEN, Pair, address_of, agree, agreed, propose
from tests.workshop import NOW, Workshop


def test_one_proposes_and_the_other_agrees(session: Session, pair: Pair) -> None:
    assert not propose(session, pair, pair.ada)
    mine, theirs = (sealed_time_seen_by(session, one, pair.visit.id) for one in (pair.ada, pair.bo))
    assert mine
    assert theirs
    assert (mine.starts_at, mine.is_own, mine.is_agreed) == (THEN, True, False)
    assert (theirs.starts_at, theirs.is_own, theirs.is_agreed) == (THEN, False, False)
    agree(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert stands.is_agreed


def test_nobody_else_sees_it_whoever_they_are(session: Session, pair: Pair, make: Workshop) -> None:
    agreed(session, pair)
    others = [make.actor(*Role), make.actor(Role.VOLUNTEER, person=make.person()), make.actor(Role.POLICE)]
    for other in others:
        assert sealed_time_seen_by(session, other, pair.visit.id) is None
        with pytest.raises(TimeError, match="not on your list"):
            propose(session, pair, other, LATER)
        with pytest.raises(TimeError, match="not on your list"):
            sealed.take_back(session, pair.visit.id, 4, address_of, by=other, at=NOW)


def test_a_coordinator_who_is_one_of_the_pair_sees_it_as_one_of_the_pair(
    session: Session, pair: Pair
) -> None:
    agreed(session, pair)
    both = Actor(pair.ada.account_id, pair.ada.person_id, "Ada", frozenset(Role))
    assert sealed_time_seen_by(session, both, pair.visit.id) is not None


def test_proposing_what_the_other_proposed_is_agreeing(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    assert propose(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert stands.is_agreed


def test_sending_twice_changes_nothing_and_tells_nobody_twice(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    propose(session, pair, pair.ada)
    seen = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert seen
    for _ in range(2):
        agree(session, pair, pair.bo, seen.sequence)
    assert propose(session, pair, pair.ada)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 2


def test_the_last_one_proposed_stands_and_only_what_was_seen_is_agreed_to(
    session: Session, pair: Pair
) -> None:
    propose(session, pair, pair.ada)
    seen = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert seen
    propose(session, pair, pair.ada, LATER)
    with pytest.raises(TimeError, match="changed while you looked"):
        agree(session, pair, pair.bo, seen.sequence)
    with pytest.raises(TimeError, match="You proposed this yourself"):
        agree(session, pair, pair.ada)
    agree(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert (stands.starts_at, stands.is_agreed) == (LATER, True)


def test_an_agreed_time_gives_way_to_another_that_waits_again(session: Session, pair: Pair) -> None:
    agreed(session, pair)
    propose(session, pair, pair.bo, LATER)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert (stands.starts_at, stands.is_own, stands.is_agreed) == (LATER, False, False)


@pytest.mark.parametrize("which", ["ada", "bo"])
def test_either_takes_it_back_and_it_is_gone_from_the_database(
    session: Session, pair: Pair, which: str
) -> None:
    agreed(session, pair)
    by = getattr(pair, which)
    with pytest.raises(TimeError, match="changed while you looked"):
        sealed.take_back(session, pair.visit.id, 1, address_of, by=by, at=NOW)
    stands = sealed_time_seen_by(session, by, pair.visit.id)
    assert stands
    for _ in range(2):
        sealed.take_back(session, pair.visit.id, stands.sequence, address_of, by=by, at=NOW)
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None
    with pytest.raises(TimeError, match="taken back"):
        agree(session, pair, pair.bo)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (datetime(2026, 3, 16, 0, 0, tzinfo=UTC), "for the week 9 March to 15 March 2026"),
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "for the week 9 March to 15 March 2026"),
    ],
)
def test_a_time_is_of_the_visits_own_week(session: Session, pair: Pair, then: datetime, said: str) -> None:
    with pytest.raises(TimeError, match=said) as refused:
        propose(session, pair, pair.ada, then)
    assert refused.value.field == "clock"


def test_a_time_that_has_passed_is_neither_proposed_nor_agreed(session: Session, pair: Pair) -> None:
    with pytest.raises(TimeError, match="has passed"):
        propose(session, pair, pair.ada, THEN, at=THEN)
    propose(session, pair, pair.ada)
    stands = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert stands
    with pytest.raises(TimeError, match="has passed"):
        sealed.agree(session, pair.visit.id, stands.sequence, address_of, by=pair.bo, at=THEN)
