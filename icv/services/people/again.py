"""Somebody who was rejected, withdrew or left applies again: a new record that knows the one before."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.stages import GONE, Stage
from icv.services.people.contact import Contact, checked_phone, round_named
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.accounts import email_key
from icv.store.people import Person, StageStep, step_on
from icv.store.trail import note


def apply_again(
    session: Session,
    earlier_id: int,
    contact: Contact,
    *,
    applied_on: date,
    round_id: int | None = None,
    round_name: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """The new record's id. Raises PeopleError unless the one before has come to its end.

    Addresses stay unique: the old record's becomes `earlier-<its id>+<address>`, and the account goes with
    nobody until the new record is appointed, when an invitation to the same address takes it up again.
    What was done under the old record stays with it.
    """
    earlier = held_for_change(session, earlier_id)
    if not is_gone(session, earlier_id, london_day(at)):
        raise PeopleError(f"{earlier.name} has not left: go on with the record there is.")
    if session.scalar(sa.select(sa.exists().where(Person.earlier_id == earlier_id))):
        raise PeopleError(f"{earlier.name} has applied again already: look for the newer record.")
    if applied_on > london_day(at):
        raise PeopleError("This day is still to come: enter the day of the application", field="applied_on")
    address = (earlier.email, earlier.email_key)
    if email_key(contact.email) != earlier.email_key:
        raise PeopleError(f"This is not the address of {earlier.name} any more. Look at the record again.")
    earlier.email, earlier.email_key = (f"earlier-{earlier_id}+{one}" for one in address)
    earlier.account_id = None
    session.flush()
    person = Person(
        name=" ".join(contact.name.split()),
        email=contact.email.strip(),
        email_key=address[1],
        phone=checked_phone(contact.phone),
        team_id=contact.team_id,
        round_id=round_id or round_named(session, round_name),
        applied_on=applied_on,
        earlier_id=earlier_id,
    )
    person.steps = [StageStep(stage=Stage.APPLIED, on=applied_on, made_at=at, made_by_id=by.account_id)]
    session.add(person)
    session.flush()
    note(session, "apply again", "person", person.id, by=by.account_id, at=at, earlier=earlier_id)
    return person.id


def is_gone(session: Session, person_id: int, day: date) -> bool:
    """Whether somebody's path has come to its end by that day; an end that is planned has not come yet."""
    step, is_theirs = step_on(day, of=person_id)
    found = session.scalar(sa.select(step.stage).where(is_theirs))
    return found in GONE
