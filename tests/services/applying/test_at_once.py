"""Two sendings of one application at once make one person."""

from collections.abc import Callable

import sqlalchemy as sa

from icv.services.recruitment.sending import send
from icv.store.engine import reading, writing
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.recruitment import Application
from icv.store.references import Referee
from tests.applications import CHOICES, FROM, answers, draft_of, round_open
from tests.services.at_once import told_at_once
from tests.workshop import NOW, Workshop


def sending(engine: sa.Engine, token: str) -> Callable[[], None]:
    def act() -> None:
        with writing(engine) as session:
            send(session, token, CHOICES, from_address=FROM, at=NOW)
            session.commit()

    return act


def drafts(engine: sa.Engine, *tokens: str) -> None:
    with writing(engine) as session:
        round_id = round_open(Workshop(session)).id
        for token in tokens:
            draft_of(session, round_id, answers(), token=token)
        session.commit()


def test_a_double_tap_makes_one_person(apart: sa.Engine) -> None:
    drafts(apart, "one")
    assert told_at_once(*[sending(apart, "one")] * 3) == ["", "", ""]
    with reading(apart) as session:
        assert len(session.scalars(sa.select(Person.id)).all()) == 1
        assert len(session.scalars(sa.select(Referee.id)).all()) == 2
        assert len(session.scalars(sa.select(Letter.id)).all()) == 1


def test_two_drafts_of_one_address_sent_at_once_make_one_person_and_one_to_settle(apart: sa.Engine) -> None:
    drafts(apart, "one", "two")
    assert told_at_once(sending(apart, "one"), sending(apart, "two")) == ["", ""]
    with reading(apart) as session:
        person_id = session.scalars(sa.select(Person.id)).one()
        became = set(session.scalars(sa.select(Application.person_id)))
        assert became == {person_id, None}
        assert len(session.scalars(sa.select(Letter.id)).all()) == 2
