"""Giving availability, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import availability as desk
from icv.services.availability import AvailabilityError
from icv.store.availability import answers, days_away_from
from tests.workshop import NOW, TODAY, Workshop


def test_an_answer_takes_the_place_of_the_one_before(session: Session, make: Workshop) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    desk.give(session, [(0, 1), (6, 4)], 2, 3, by=actor, at=NOW)
    desk.give(session, [(0, 1), (2, 2), (2, 2)], None, 4, by=actor, at=NOW + timedelta(days=1))
    answer = answers(session, [person.id])[person.id]
    assert (answer.free, answer.wanted_a_month, answer.most_a_month) == ({(0, 1), (2, 2)}, None, 4)
    assert answer.given_at == NOW + timedelta(days=1)


def test_nothing_to_add_is_an_answer_and_keeps_what_was_given(session: Session, make: Workshop) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    assert answers(session, [person.id]) == {}
    desk.nothing_to_add(session, by=actor, at=NOW)
    assert answers(session, [person.id])[person.id].free == frozenset()
    desk.give(session, [(0, 1)], 2, None, by=actor, at=NOW)
    desk.nothing_to_add(session, by=actor, at=NOW + timedelta(days=90))
    answer = answers(session, [person.id])[person.id]
    assert (answer.free, answer.wanted_a_month, answer.given_at) == ({(0, 1)}, 2, NOW + timedelta(days=90))


def test_nobody_wishes_for_more_than_they_can(session: Session, make: Workshop) -> None:
    actor = make.actor(Role.VOLUNTEER, person=make.person())
    with pytest.raises(AvailabilityError, match="more visits a month than the most"):
        desk.give(session, [], 4, 3, by=actor, at=NOW)


def test_days_away_are_added_once_and_removed_by_their_owner(session: Session, make: Workshop) -> None:
    person = make.person()
    actor, stranger = (
        make.actor(Role.VOLUNTEER, person=person),
        make.actor(Role.VOLUNTEER, person=make.person()),
    )
    for _ in range(2):
        desk.add_days_away(session, TODAY, TODAY + timedelta(days=3), by=actor, at=NOW)
    (away,) = days_away_from(session, person.id, TODAY)
    assert not desk.remove_days_away(session, away.id, by=stranger, at=NOW)
    assert desk.remove_days_away(session, away.id, by=actor, at=NOW)
    assert not desk.remove_days_away(session, away.id, by=actor, at=NOW)
    assert days_away_from(session, person.id, TODAY) == []


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [(3, 2, "before the first"), (-9, -1, "over"), (0, 3000, "two years")],
)
def test_days_that_cannot_be_are_refused(
    session: Session, make: Workshop, first: int, last: int, refusal: str
) -> None:
    actor = make.actor(Role.VOLUNTEER, person=make.person())
    with pytest.raises(AvailabilityError, match=refusal):
        desk.add_days_away(
            session, TODAY + timedelta(days=first), TODAY + timedelta(days=last), by=actor, at=NOW
        )
