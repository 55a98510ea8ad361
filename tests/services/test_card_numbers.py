"""The number of a card that is out is one person's, however it is entered and whoever enters at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.records import CardFacts
from icv.services import people as desk
from icv.services.people.papers import issue_cards
from icv.store.engine import writing
from icv.store.people import Card
from tests.services.at_once import told_at_once
from tests.workshop import NOW, TODAY, Workshop


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def test_a_number_in_use_is_not_kept_for_somebody_else(session: Session, make: Workshop, by: Actor) -> None:
    one, two = make.person(name="Asha Patel"), make.person()
    first = desk.keep_record(session, one.id, CardFacts("ICV 1", TODAY), by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="Card ICV 1 is with Asha Patel already") as refused:
        desk.keep_record(session, two.id, CardFacts(" ICV  1 ", TODAY), by=by, at=NOW)
    assert refused.value.field == "number"
    # Nor by changing another card; but its own may be changed, and a returned one is free again.
    other = desk.keep_record(session, two.id, CardFacts("ICV 2", TODAY), by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="already"):
        desk.keep_record(session, two.id, CardFacts("ICV 1", TODAY), record_id=other, by=by, at=NOW)
    back = CardFacts("ICV 1", TODAY, TODAY + timedelta(days=9), TODAY)
    desk.keep_record(
        session, one.id, CardFacts("ICV 1", TODAY, back.expires_on), record_id=first, by=by, at=NOW
    )
    desk.keep_record(session, one.id, back, record_id=first, by=by, at=NOW)
    assert desk.keep_record(session, two.id, CardFacts("ICV 1", TODAY), by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="already"):
        desk.keep_record(session, one.id, CardFacts("ICV 1", TODAY), record_id=first, by=by, at=NOW)


@pytest.mark.parametrize("at_the_table", [True, False])
def test_of_two_giving_out_one_number_at_once_one_is_refused(apart: sa.Engine, at_the_table: bool) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        ids = [make.person().id for _ in range(2)]
        by = make.actor(Role.COORDINATOR)
        session.commit()

    def giving(person_id: int, *, as_one_of_many: bool) -> Callable[[], None]:
        def act() -> None:
            with writing(apart) as session:
                if as_one_of_many:
                    issue_cards(session, {person_id: "7"}, TODAY, None, is_exchange=False, by=by, at=NOW)
                else:
                    desk.keep_record(session, person_id, CardFacts("7", TODAY), by=by, at=NOW)
                if _sleeps(session):
                    session.execute(sa.text("SELECT pg_sleep(0.2)"))
                session.commit()

        return act

    told = told_at_once(giving(ids[0], as_one_of_many=at_the_table), giving(ids[1], as_one_of_many=False))
    assert sorted(bool(refusal) for refusal in told) == [False, True], told
    with writing(apart) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Card)) == 1


def _sleeps(session: Session) -> bool:
    """So that neither has committed when the other asks."""
    return session.get_bind().dialect.name == "postgresql"
