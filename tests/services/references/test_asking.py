"""Referees are named, asked and answer without an account."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refereeing import Answer, Recommendation, RefereeState
from icv.rules.stages import PIPELINE, Stage
from icv.services import references as desk
from icv.services.accounts import digest
from icv.services.people import PeopleError
from icv.store.people import Person, Referee
from icv.store.references import (
    Open,
    ReferenceLink,
    asked_by_link,
    people_to_ask_about,
)
from icv.store.trail import TrailEntry
from tests.services.references.conftest import CHOICES, RUTH, SAID, address_of, ask, letters, state, tokens
from tests.workshop import NOW, TODAY, Workshop


def trail(session: Session) -> list[str]:
    return list(session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)))


def test_a_referee_is_named_asked_and_answers_without_an_account(
    session: Session, asha: Person, by: Actor
) -> None:
    referee_id = desk.name_referee(session, asha.id, RUTH, by=by, at=NOW)
    referee = session.get_one(Referee, referee_id)
    assert state(session, referee) is RefereeState.NAMED
    ask(session, referee, by)
    (letter,) = letters(session)
    assert letter.to_email == "ruth@example.org"
    for said in ("Asha Patel has applied", "Independent custody visitors are volunteers", "1 April 2026"):
        assert said in letter.body
    (token,) = tokens(session)
    assert len(token) == 43  # 256 bits
    assert session.scalars(sa.select(ReferenceLink.token_digest)).all() == [digest(token)]
    asked = asked_by_link(session, digest(token), at=NOW)
    assert asked
    assert (asked.applicant, asked.referee, asked.open) == ("Asha Patel", "Ruth Hall", Open.YES)
    desk.answer(session, token, SAID, at=NOW + timedelta(days=2))
    assert referee.answer == SAID.as_kept()
    assert state(session, referee, NOW + timedelta(days=2)) is RefereeState.ANSWERED
    assert trail(session) == ["name referee", "ask for reference", "answer reference"]
    assert all("ruth" not in str(details) for details in session.scalars(sa.select(TrailEntry.details)))


def test_an_answer_is_taken_once(session: Session, make: Workshop, asha: Person, by: Actor) -> None:
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    desk.answer(session, token, SAID, at=NOW)
    again = Answer(**{**SAID.as_kept(), "more": "Second thoughts", "recommends": Recommendation.NO})  # type: ignore[arg-type]
    with pytest.raises(desk.ReferenceRefused):
        desk.answer(session, token, again, at=NOW)
    with pytest.raises(desk.ReferenceRefused):
        desk.decline(session, token, "", at=NOW)
    assert session.scalars(sa.select(Referee)).one().answer == SAID.as_kept()


def test_nothing_of_an_answer_may_be_left_open(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    gap = Answer(**{**SAID.as_kept(), "respectful": " \n", "recommends": Recommendation.YES})  # type: ignore[arg-type]
    with pytest.raises(desk.ReferenceRefused) as refused:
        desk.answer(session, token, gap, at=NOW)
    assert refused.value.field == "respectful"


def test_a_referee_is_not_asked_twice_in_one_day_and_all_links_run_out_together(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    with pytest.raises(desk.ReferenceRefused, match="asked today already"):
        ask(session, referee, by, at=NOW + timedelta(hours=3))
    late = NOW + timedelta(days=29)
    first = tokens(session)[0]
    before = asked_by_link(session, digest(first), at=late)
    assert before
    assert (before.open, before.on) == (Open.TOO_LATE, TODAY + timedelta(days=28))
    assert state(session, referee, late) is RefereeState.FAILED
    ask(session, referee, by, at=late)
    for token in tokens(session):
        asked = asked_by_link(session, digest(token), at=late + timedelta(days=28))
        assert asked
        assert (asked.open, asked.on) == (Open.YES, london_day(late) + timedelta(days=28))
    desk.answer(session, first, SAID, at=late)
    assert len(tokens(session)) == 2


def test_a_link_works_to_the_end_of_its_last_day_in_london(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    """1 April 2026 is in summer time: it ends at 23:00 UTC."""
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    for at, expected in (
        ("2026-04-01T22:59:59+00:00", Open.YES),
        ("2026-04-01T23:00:00+00:00", Open.TOO_LATE),
    ):
        asked = asked_by_link(session, digest(token), at=datetime.fromisoformat(at))
        assert asked
        assert asked.open is expected


def test_all_are_asked_at_once_and_nobody_twice(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    make.referee(asha, name="Ruth")
    make.referee(asha, name="On paper", email="")
    make.referee(asha, name="Gone", given_up_on=TODAY)
    make.referee(asha, name="Done", asked_at=NOW, answered_at=NOW, answer=SAID.as_kept())
    make.referee(asha, name="Sam")
    for expected in (["Ruth", "Sam"], []):
        asked = desk.ask_all(session, asha.id, CHOICES, address_of=address_of, by=by, at=NOW)
        assert asked == expected
    assert len(letters(session)) == 2


def test_several_applicants_are_asked_about_at_once(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ben, left = make.person(Stage.APPLIED, name="Ben"), make.person(Stage.LEFT, name="Cara")
    for person in (asha, ben, left):
        make.referee(person, name=f"Referee of {person.name}")
    make.referee(ben, name="By post", email="")
    ids = [asha.id, ben.id, left.id]
    shown = people_to_ask_about(session, [*ids, 999], 2, TODAY)
    assert [(one.name, one.is_applicant, one.would_ask, one.without_address) for one in shown] == [
        ("Asha Patel", True, ("Referee of Asha Patel",), ()),
        ("Ben", True, ("Referee of Ben",), ("By post",)),
        ("Cara", False, ("Referee of Cara",), ()),
    ]
    ready = make.ready_for_appointment(make.person(Stage.VETTING, name="Dan"))
    make.referee(ready, name="Not needed")
    (of_ready,) = people_to_ask_about(session, [ready.id], 2, TODAY)
    assert (of_ready.has_all, of_ready.would_ask) == (True, ())
    ids.append(ready.id)
    asked = desk.ask_for_several(session, ids, CHOICES, address_of=address_of, by=by, at=NOW)
    assert asked == [("Asha Patel", ["Referee of Asha Patel"]), ("Ben", ["Referee of Ben"])]


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (desk.RefereeContact(" "), "name"),
        (desk.RefereeContact("Asha", "ASHA@example.org"), "email"),
        (desk.RefereeContact("Again", "Known@example.org"), "email"),
    ],
)
def test_nobody_speaks_for_themselves_or_counts_twice(
    session: Session, make: Workshop, asha: Person, by: Actor, contact: desk.RefereeContact, field: str
) -> None:
    make.referee(asha, email="known@example.org")
    with pytest.raises(desk.ReferenceRefused) as refused:
        desk.name_referee(session, asha.id, contact, by=by, at=NOW)
    assert refused.value.field == field
    assert len(session.scalars(sa.select(Referee)).all()) == 1


def test_a_number_that_cannot_be_dialled_is_refused(session: Session, asha: Person, by: Actor) -> None:
    with pytest.raises(PeopleError):
        desk.name_referee(session, asha.id, desk.RefereeContact("Ruth", "", "ask Sam"), by=by, at=NOW)


def test_references_are_asked_of_applicants_alone(session: Session, make: Workshop, by: Actor) -> None:
    for stage in set(Stage) - set(PIPELINE):
        person = make.person(stage)
        with pytest.raises(desk.ReferenceRefused, match="asked of applicants"):
            desk.name_referee(session, person.id, RUTH, by=by, at=NOW)
        with pytest.raises(desk.ReferenceRefused, match="asked of applicants"):
            ask(session, make.referee(person), by)
