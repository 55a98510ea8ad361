"""Answers: by the link of a letter, without an account; or typed in by the office from paper."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import day_in_words, london_day, midnight
from icv.rules.refereeing import DECLINED, Answer
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.accounts import digest
from icv.services.people.moving import held_for_change
from icv.services.references.errors import ReferenceRefused
from icv.services.references.naming import held_referee
from icv.services.references.wording import declined_letter
from icv.store.accounts import open_accounts
from icv.store.people import Person, Referee
from icv.store.references import Open, ReferenceLink, asked_by_link
from icv.store.trail import note


def answer(session: Session, token: str, said: Answer, *, at: datetime) -> None:
    """Keeps it once. Raises ReferenceRefused where the link is open no longer: show how it stands instead."""
    referee = _open_to(session, token, at=at)
    _refuse_gaps(said)
    referee.answer, referee.answered_at = dict(said.as_kept()), at
    note(session, "answer reference", "person", referee.person_id, by=None, at=at, referee=referee.id)


def decline(session: Session, token: str, why: str, *, at: datetime) -> None:
    """The referee would rather not: given up, so that another may be named, and the coordinators are told."""
    referee = _open_to(session, token, at=at)
    referee.answer, referee.answered_at = {DECLINED: why.strip()}, at
    referee.given_up_on = london_day(at)
    note(session, "decline reference", "person", referee.person_id, by=None, at=at, referee=referee.id)
    applicant = session.get_one(Person, referee.person_id).name
    for account in open_accounts(session, Role.COORDINATOR):
        subject, body = declined_letter(account.name, applicant)
        about = f"referee {referee.id}, account {account.id}"
        letters.write(
            session, "reference declined", about, account, subject, body, at=at, not_before=next_waking(at)
        )


def type_in(
    session: Session,
    person_id: int,
    referee_id: int,
    said: Answer,
    *,
    received_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """A reference that came on paper or was given on the telephone; in time or not."""
    held_for_change(session, person_id)
    referee = held_referee(session, person_id, referee_id)
    if referee.answered_at is not None:
        on = day_in_words(london_day(referee.answered_at))
        raise ReferenceRefused(f"{referee.name} answered on {on} already: what they wrote stands as it is.")
    if referee.given_up_on is not None:
        raise ReferenceRefused(f"{referee.name} was given up. Name them again first.")
    if received_on > london_day(at):
        raise ReferenceRefused("This day is still to come: enter the day it came", field="received_on")
    if received_on < referee.named_on:
        named = day_in_words(referee.named_on)
        raise ReferenceRefused(f"They were named on {named}: it cannot have come before", field="received_on")
    _refuse_gaps(said)
    referee.answer = dict(said.as_kept())
    referee.answered_at = at if received_on == london_day(at) else midnight(received_on)
    referee.is_on_paper = True
    note(session, "type in reference", "person", person_id, by=by.account_id, at=at, referee=referee_id)


def _open_to(session: Session, token: str, *, at: datetime) -> Referee:
    """The referee whose link this is, kept from everybody else, so that of two answers one is taken."""
    referee = session.scalar(
        sa.select(Referee)
        .join(ReferenceLink, ReferenceLink.referee_id == Referee.id)
        .where(ReferenceLink.token_digest == digest(token))
        .with_for_update(of=Referee)
    )
    asked = asked_by_link(session, digest(token), at=at)
    if referee is None or asked is None or asked.open is not Open.YES:
        raise ReferenceRefused("This link takes no answer any more.")
    return referee


def _refuse_gaps(said: Answer) -> None:
    for name, text in said.as_kept().items():
        if not text and name != "more":
            raise ReferenceRefused("Answer this question, however shortly", field=name)
