"""Who does not answer is reminded once; who would rather not is given up."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.refereeing import RefereeState
from icv.rules.stages import GONE, Stage
from icv.services import references as desk
from icv.services.accounts import digest
from icv.services.reminding import remind
from icv.store.people import Person
from icv.store.references import (
    Open,
    asked_by_link,
    reference_seen_by,
    references_waiting,
)
from tests.services.references.conftest import RUTH, SAID, ask, letters, state, tokens
from tests.workshop import NOW, TODAY, Workshop


def chase(session: Session, at: datetime) -> None:
    remind(session, desk.chase_references, lambda path: f"https://icv.example.org{path}", at=at)
    session.flush()


def test_who_does_not_answer_is_reminded_once_by_day_with_a_link_that_works(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    chase(session, NOW + timedelta(days=9))
    assert len(letters(session)) == 1
    chase(session, (NOW + timedelta(days=10)).replace(hour=3))
    assert len(letters(session)) == 1, "not by night"
    for hours in range(3):
        chase(session, NOW + timedelta(days=10, hours=hours))
    first, second = letters(session)
    assert second.subject == "A reminder: a reference for Asha Patel"
    assert first.key != second.key
    assert len(set(tokens(session))) == 2
    for token in tokens(session):
        asked = asked_by_link(session, digest(token), at=NOW + timedelta(days=11))
        assert asked
        assert asked.open is Open.YES
    assert referee.chased_at == NOW + timedelta(days=10)
    chase(session, NOW + timedelta(days=27))
    assert len(letters(session)) == 2


@pytest.mark.parametrize("why", ["answered", "given up", "failed", "no applicant any more"])
def test_nobody_is_reminded_in_vain(
    session: Session, make: Workshop, asha: Person, by: Actor, why: str
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    at = NOW + timedelta(days=12)
    if why == "answered":
        desk.answer(session, tokens(session)[0], SAID, at=NOW)
    elif why == "given up":
        desk.give_up_referee(session, asha.id, referee.id, by=by, at=NOW)
    elif why == "failed":
        at = NOW + timedelta(days=29)
    else:
        asha.steps[0].stage = Stage.WITHDRAWN
        session.flush()
    chase(session, at)
    assert len(letters(session)) == 1


def test_a_letter_written_by_night_waits_for_the_morning(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ask(session, make.referee(asha), by, at=NOW.replace(hour=23))
    (letter,) = letters(session)
    assert letter.not_before == (NOW + timedelta(days=1)).replace(hour=8)
    assert letter.is_security, "it holds a way in: its text is not kept once it is sent"


def test_who_would_rather_not_is_given_up_and_the_coordinator_told(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    desk.decline(session, tokens(session)[0], "We fell out", at=NOW)
    assert referee.given_up_on == TODAY
    told = letters(session)[-1]
    assert told.account_id == by.account_id
    assert "Asha Patel" in told.body
    assert "fell out" not in told.body
    kept = reference_seen_by(session, by, asha.id, referee.id)
    assert kept
    assert kept.declined == "We fell out"
    (waiting,) = references_waiting(session, 2, TODAY)
    assert (waiting.name, waiting.has_declined, waiting.since) == ("Asha Patel", True, TODAY)


def test_another_address_is_asked_anew_and_the_old_link_is_dead(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, email="stranger@example.org")
    ask(session, referee, by)
    (to_the_stranger,) = tokens(session)
    desk.change_referee(session, asha.id, referee.id, RUTH, by=by, at=NOW)
    assert asked_by_link(session, digest(to_the_stranger), at=NOW) is None
    with pytest.raises(desk.ReferenceRefused):
        desk.answer(session, to_the_stranger, SAID, at=NOW)
    assert state(session, referee) is RefereeState.NAMED
    ask(session, referee, by)
    assert [letter.to_email for letter in letters(session)] == ["stranger@example.org", "ruth@example.org"]


def test_a_link_of_somebody_given_up_or_withdrawn_says_so(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ruth, sam = make.referee(asha), make.referee(asha)
    ask(session, ruth, by)
    ask(session, sam, by)
    desk.give_up_referee(session, asha.id, ruth.id, by=by, at=NOW)
    desk.give_up_referee(session, asha.id, ruth.id, by=by, at=NOW + timedelta(days=1))
    assert ruth.given_up_on == TODAY
    of_ruth, of_sam = (asked_by_link(session, digest(token), at=NOW) for token in tokens(session))
    assert of_ruth
    assert of_ruth.open is Open.NOT_NEEDED
    assert of_sam
    assert of_sam.open is Open.YES
    for end in GONE:
        asha.steps[0].stage = end
        session.flush()
        withdrawn = asked_by_link(session, digest(tokens(session)[1]), at=NOW)
        assert withdrawn
        assert withdrawn.open is Open.NOT_NEEDED


def test_today_tells_of_late_references_until_enough_may_still_come(
    session: Session, make: Workshop, asha: Person
) -> None:
    late = {"asked_at": NOW - timedelta(days=40), "fails_on": TODAY - timedelta(days=12)}
    make.referee(asha, **late)
    make.referee(asha, asked_at=NOW, fails_on=TODAY)
    (waiting,) = references_waiting(session, 2, TODAY)
    assert (waiting.person_id, waiting.has_declined, waiting.since) == (asha.id, False, late["fails_on"])
    make.referee(asha, asked_at=NOW, fails_on=TODAY)
    assert references_waiting(session, 2, TODAY) == []
    gone = make.person(Stage.REJECTED)
    make.referee(gone, **late)
    assert references_waiting(session, 2, TODAY) == []
