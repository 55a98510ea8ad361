"""Sending an application: it becomes a person's record, once, and is answered at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules import applying
from icv.rules.appraisal import DeclarationKind
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services import letters
from icv.services.recruitment.beginning import DRAFTS_LAST, ApplyingError, held_for_change, refuse_closed
from icv.services.throttling import Limit, is_within
from icv.store.accounts import email_key
from icv.store.people import Declaration, Person, StageStep
from icv.store.recruitment import Application
from icv.store.recruitment.applications import public_round
from icv.store.references import Referee
from icv.store.trail import note

RECEIVED = "application received"
LEAST_TIME = timedelta(seconds=10)
"""Nobody reads the questions, let alone answers them, in less."""
A_DAY = timedelta(days=1)
SENDING = Limit("application sent", of_address=20, of_email=0, window=A_DAY)
RECEIPTS = Limit(RECEIVED, of_address=SENDING.of_address, of_email=3, window=A_DAY)
"""Of an e-mail address the letters are limited alone: others may have typed it, and nobody is kept from
applying by that."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`is_new` is False where it had been sent before: nothing went twice."""

    application_id: int
    round_id: int
    is_new: bool


def send(session: Session, token: str, choices: Choices, *, from_address: str, at: datetime) -> Receipt:
    """Raises ApplyingError. Whether the address was on record already, nobody can tell from outside."""
    sent = held_for_change(session, token, at=at)
    if sent.sent_at is not None:
        return Receipt(sent.id, sent.round_id, is_new=False)
    _refuse(session, sent, choices, at=at)
    if not is_within(session, SENDING, address=from_address, at=at):
        raise ApplyingError(
            "Many applications came from your connection today. What you typed is kept: send it tomorrow,"
            " or write to the office."
        )
    day = london_day(at)
    person = _applicant(session, sent.answers, round_id=sent.round_id, on=day, at=at)
    if person is not None:
        sent.person_id = person.id
        keep_what_was_said(session, person.id, sent.answers, choices, on=day, at=at)
    sent.sent_at = sent.changed_at = at
    sent.expires_at = at + DRAFTS_LAST
    if is_within(session, RECEIPTS, address=from_address, email=sent.email, at=at):
        _acknowledge(session, sent, choices, at=at)
    note(session, "send", "application", sent.id, by=None, at=at, person=sent.person_id)
    return Receipt(sent.id, sent.round_id, is_new=True)


def is_acknowledged(session: Session, application_id: int) -> bool:
    """Whether a letter to the applicant says that it has come."""
    return not letters.unwritten(session, RECEIVED, [_key(application_id)])


def keep_what_was_said(
    session: Session,
    person_id: int,
    answers: Mapping[str, Any],
    choices: Choices,
    *,
    on: date,
    at: datetime,
) -> None:
    """The declaration of eligibility, the referees, and connections, which wait for the coordinator."""
    session.add(
        Declaration(
            person_id=person_id,
            kind=DeclarationKind.ELIGIBILITY,
            declared_on=on,
            words=applying.declared(answers),
            made_at=at,
            settled_on=on,
        )
    )
    if connections := applying.connections(answers):
        session.add(
            Declaration(
                person_id=person_id,
                kind=DeclarationKind.CIRCUMSTANCES,
                declared_on=on,
                words=connections,
                made_at=at,
            )
        )
    session.add_all(
        Referee(
            person_id=person_id,
            name=one.name,
            email=one.email,
            phone=one.phone,
            relation=one.relation,
            named_on=on,
        )
        for one in applying.referees(answers, choices)
    )
    session.flush()


def _refuse(session: Session, draft: Application, choices: Choices, *, at: datetime) -> None:
    found = public_round(session, draft.round_id)
    if found is None:
        raise ApplyingError("This round takes no applications any more. Ask the office about the next one.")
    refuse_closed(found, draft.expires_at, at)
    if barred := applying.bar(draft.answers, choices):
        raise ApplyingError(f"{barred.why} {barred.instead}")
    if left := applying.missing(draft.answers, choices):
        page, fault = left[0]
        raise ApplyingError(f"{page.title}: {fault.sentence}")
    if at - draft.began_at < LEAST_TIME:
        raise ApplyingError(
            "This came faster than anybody can type it. Wait a few seconds and send it again: everything is"
            " still here."
        )


def _applicant(
    session: Session, answers: Mapping[str, Any], *, round_id: int, on: date, at: datetime
) -> Person | None:
    """The new record; None where the address is on record already, even since a moment ago."""
    contact = answers["contact"]
    key = email_key(contact["email"])
    if session.scalar(sa.select(Person.id).where(Person.email_key == key)) is not None:
        return None
    person = Person(
        name=applying.name_of(answers),
        email=contact["email"],
        email_key=key,
        phone=contact.get("phone") or "",
        round_id=round_id,
        applied_on=on,
    )
    person.steps = [StageStep(stage=Stage.APPLIED, on=on, made_at=at)]
    try:
        with session.begin_nested():
            session.add(person)
    except sa.exc.IntegrityError:
        return None
    note(session, "add", "person", person.id, by=None, at=at)
    return person


def _acknowledge(session: Session, sent: Application, choices: Choices, *, at: datetime) -> None:
    letters.write(
        session,
        RECEIVED,
        _key(sent.id),
        sent.email,
        "We have your application",
        f"Dear {applying.name_of(sent.answers)},\n\n{choices.acknowledgement}\n\n"
        f"The reference of your application is {applying.reference(sent.id)}.\n\n{choices.office_name}\n",
        at=at,
    )


def _key(application_id: int) -> str:
    return f"application {application_id}"
