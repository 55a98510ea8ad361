"""An application is sent: one person, acknowledged, with all that was said."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.stages import Stage
from icv.services.recruitment import beginning as desk
from icv.services.recruitment.sending import LEAST_TIME, RECEIPTS, SENDING, is_acknowledged, send
from icv.store.letters import Letter
from icv.store.people import Declaration, Person, StageStep
from icv.store.recruitment import Application
from icv.store.recruitment.applications import application_of
from icv.store.references import Referee
from icv.store.trail import TrailEntry
from tests.applications import CHOICES, FROM, answers, draft_of, round_open
from tests.services.applying.writing import DAY, MINUTE, save
from tests.workshop import NOW, TODAY, Workshop


def test_sent_it_is_a_person_who_applied_with_all_that_was_said(session: Session, make: Workshop) -> None:
    connections = {"has_any": True, "words": "My brother is a detention officer."}
    one = draft_of(session, round_open(make).id, answers(connections=connections))
    receipt = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    person = session.scalars(sa.select(Person)).one()
    assert receipt.is_new
    assert (person.name, person.email, person.phone, person.applied_on, person.round_id) == (
        "Ada Byron",
        "ada@example.org",
        "07700 900123",
        TODAY,
        one.round_id,
    )
    step = session.scalars(sa.select(StageStep)).one()
    assert (step.stage, step.on, step.made_by_id) == (Stage.APPLIED, TODAY, None)
    eligible, circumstances = session.scalars(sa.select(Declaration).order_by(Declaration.id))
    assert (eligible.kind, eligible.settled_on) == (DeclarationKind.ELIGIBILITY, TODAY)
    assert "I am not a magistrate" in eligible.words
    assert (circumstances.words, circumstances.settled_on) == (connections["words"], None)
    referees = session.scalars(sa.select(Referee).order_by(Referee.id)).all()
    assert [(one.name, one.email, one.named_on) for one in referees] == [
        ("Sam Rivers", "sam@example.net", TODAY),
        ("Lee Hill", "lee@example.net", TODAY),
    ]
    assert application_of(session, person.id) == receipt.application_id


def test_it_is_acknowledged_in_the_scheme_s_words(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    send(session, "token", CHOICES, from_address=FROM, at=NOW)
    letter = session.scalars(sa.select(Letter)).one()
    assert letter.to_email == "ada@example.org"
    assert letter.body.startswith(f"Dear Ada Byron,\n\n{CHOICES.acknowledgement}")


def test_the_trail_says_that_somebody_applied_and_not_who(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    send(session, "token", CHOICES, from_address=FROM, at=NOW)
    entries = session.scalars(sa.select(TrailEntry)).all()
    assert {"add", "send"} <= {entry.act for entry in entries}
    assert "ada" not in str([entry.details for entry in entries]).casefold()


def test_sent_twice_it_is_one_person_and_the_same_receipt(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    first = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    again = send(session, "token", CHOICES, from_address=FROM, at=NOW + MINUTE)
    assert (again.application_id, again.is_new) == (first.application_id, False)
    assert len(session.scalars(sa.select(Person.id)).all()) == 1
    assert len(session.scalars(sa.select(Letter.id)).all()) == 1
    with pytest.raises(desk.ApplyingError, match="has been sent"):
        save(session, "token", "name", {"name": "Eve"})


def test_from_an_address_on_record_it_waits_for_the_coordinator_and_the_applicant_cannot_tell(
    session: Session, make: Workshop
) -> None:
    make.person(email="Ada@Example.org")
    draft_of(session, round_open(make).id, answers())
    receipt = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert receipt.is_new
    assert session.get_one(Application, receipt.application_id).person_id is None
    assert len(session.scalars(sa.select(Person.id)).all()) == 1
    assert session.scalars(sa.select(Letter.subject)).all() == ["We have your application"]


def test_after_the_round_has_closed_it_is_refused_and_kept(session: Session, make: Workshop) -> None:
    one = draft_of(session, round_open(make, closed_on=TODAY).id, answers())
    with pytest.raises(desk.ApplyingError, match=r"closed on 3 March 2026.* kept until 1 April 2026"):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert one.answers == answers()
    assert one.sent_at is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answers(why=None), "Why you want to be a visitor: This page is not answered"),
        (answers(age={"is_adult": False}), "Custody visitors are 18 or over"),
    ],
)
def test_it_is_not_sent_while_something_is_missing_or_bars_it(
    session: Session, make: Workshop, said: dict[str, Any], words: str
) -> None:
    draft_of(session, round_open(make).id, said)
    with pytest.raises(desk.ApplyingError, match=words):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert session.scalars(sa.select(Person.id)).all() == []


def test_nobody_applies_within_seconds(session: Session, make: Workshop) -> None:
    one = draft_of(session, round_open(make).id, answers())
    one.began_at = NOW - LEAST_TIME + timedelta(seconds=1)
    with pytest.raises(desk.ApplyingError, match="faster than anybody can type"):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert send(session, "token", CHOICES, from_address=FROM, at=NOW + timedelta(seconds=1)).is_new


def test_applications_in_somebody_s_address_do_not_keep_them_from_applying(
    session: Session, make: Workshop
) -> None:
    """Only the letters are limited by the address."""
    round_id = round_open(make).id
    for number in range(RECEIPTS.of_email + 1):
        draft_of(session, round_id, answers(), token=f"token {number}")
        last = send(session, f"token {number}", CHOICES, from_address=f"192.0.2.{number}", at=NOW)
        assert last.is_new
    letters = session.scalars(sa.select(Letter.to_email)).all()
    assert letters == ["ada@example.org"] * RECEIPTS.of_email
    assert not is_acknowledged(session, last.application_id)
    draft_of(session, round_id, answers())
    next_day = send(session, "token", CHOICES, from_address=FROM, at=NOW + DAY)
    assert is_acknowledged(session, next_day.application_id)


def test_one_network_sends_only_so_many_a_day(session: Session, make: Workshop) -> None:
    round_id = round_open(make).id
    for number in range(SENDING.of_address + 1):
        draft_of(session, round_id, answers(f"{number}@example.org"), token=f"token {number}")
        if number < SENDING.of_address:
            send(session, f"token {number}", CHOICES, from_address=FROM, at=NOW)
    with pytest.raises(desk.ApplyingError, match="send it tomorrow"):
        send(session, f"token {SENDING.of_address}", CHOICES, from_address=FROM, at=NOW)
    assert len(session.scalars(sa.select(Letter.id)).all()) == SENDING.of_address
