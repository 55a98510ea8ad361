"""Applications from an address that was on record: the coordinator says whose they are."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules import applying
from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.services import people
from icv.services.people.again import apply_again
from icv.services.people.contact import Contact
from icv.services.recruitment.sending import keep_what_was_said
from icv.store.accounts import email_key
from icv.store.people import Person
from icv.store.recruitment import Application
from icv.store.trail import note

MOST_REASON = 500


class SettlingError(Refusal):
    """Why an application is not settled so."""


def take(session: Session, application_id: int, choices: Choices, *, by: Actor, at: datetime) -> int:
    """Makes it a record: of somebody who applies again, or of somebody new where the address is free by now.

    Returns the person's id. Raises SettlingError, or PeopleError where the one known has not left.
    """
    taken = _waiting(session, application_id)
    contact = Contact(
        applying.name_of(taken.answers), taken.email, taken.answers["contact"].get("phone") or ""
    )
    applied_on = london_day(taken.sent_at or at)
    known = session.scalar(sa.select(Person.id).where(Person.email_key == email_key(taken.email)))
    if known is None:
        person_id = people.add_person(session, contact, applied_on=applied_on, by=by, at=at)
        session.get_one(Person, person_id).round_id = taken.round_id
    else:
        person_id = apply_again(
            session, known, contact, applied_on=applied_on, round_id=taken.round_id, by=by, at=at
        )
    keep_what_was_said(session, person_id, taken.answers, choices, on=applied_on, at=at)
    taken.person_id, taken.settled_at = person_id, at
    session.flush()
    note(session, "take", "application", taken.id, by=by.account_id, at=at, person=person_id)
    return person_id


def close(session: Session, application_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """It becomes no record; why is kept with it. Raises SettlingError."""
    closed = _waiting(session, application_id)
    if not reason.strip():
        raise SettlingError("Enter the reason: it is kept with the application", field="reason")
    if len(reason.strip()) > MOST_REASON:
        raise SettlingError(f"Keep the reason to {MOST_REASON} characters", field="reason")
    closed.outcome, closed.settled_at = reason.strip(), at
    note(session, "close", "application", closed.id, by=by.account_id, at=at)


def _waiting(session: Session, application_id: int) -> Application:
    found = session.get(Application, application_id, with_for_update=True)
    if found is None or found.sent_at is None:
        raise SettlingError("This application is not on record. Go back to the list.")
    if found.person_id is not None or found.settled_at is not None:
        raise SettlingError("This application has been settled already. Look at it again.")
    return found
