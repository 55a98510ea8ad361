"""Who a person is and how they are reached: adding people and changing contact details."""

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.reaching import is_phone
from icv.rules.stages import Stage
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.accounts import Account, email_key
from icv.store.addresses import end_changes, is_taken
from icv.store.people import Person, Round, StageStep, names_on_record
from icv.store.trail import note

HOW_SIMILAR = 0.87


@dataclass(frozen=True, slots=True)
class Contact:
    """`phone` may be empty; leading zeros and + are kept as typed."""

    name: str
    email: str
    phone: str = ""
    team_id: int | None = None


def add_person(
    session: Session, contact: Contact, *, applied_on: date, round_name: str = "", by: Actor, at: datetime
) -> int:
    """A new applicant's id. Raises PeopleError, with `person_id` where the address is somebody's already."""
    if applied_on > london_day(at):
        raise PeopleError("This day is still to come: enter the day of the application", field="applied_on")
    _refuse_taken(session, contact.email)
    person = Person(
        name=_one_line(contact.name),
        email=contact.email.strip(),
        email_key=email_key(contact.email),
        phone=checked_phone(contact.phone),
        team_id=contact.team_id,
        round_id=round_named(session, round_name),
        applied_on=applied_on,
    )
    person.steps = [StageStep(stage=Stage.APPLIED, on=applied_on, made_at=at, made_by_id=by.account_id)]
    try:
        with session.begin_nested():
            session.add(person)
    except sa.exc.IntegrityError:  # added by somebody else at the same moment
        _refuse_taken(session, contact.email)
        raise
    note(session, "add", "person", person.id, by=by.account_id, at=at)
    return person.id


def change_contact(session: Session, person_id: int, contact: Contact, *, by: Actor, at: datetime) -> None:
    """The address of the person's account follows, so that they sign in with the one they use.

    A change that its holder asked for and has not confirmed comes to an end.
    """
    person = held_for_change(session, person_id)
    key = email_key(contact.email)
    if key != person.email_key:
        _refuse_taken(session, contact.email)
        _move_account(session, person, contact.email)
        if person.account_id:
            end_changes(session, account_id=person.account_id, at=at)
    person.name, person.email, person.email_key = _one_line(contact.name), contact.email.strip(), key
    person.phone, person.team_id = checked_phone(contact.phone), contact.team_id
    note(session, "change contact", "person", person_id, by=by.account_id, at=at)


def change_own_phone(session: Session, phone: str, *, by: Actor, at: datetime) -> None:
    """Of the actor's own record."""
    if by.person_id is None:
        raise PeopleError("There is no record of a volunteer behind this account. Ask the coordinator.")
    person = held_for_change(session, by.person_id)
    person.phone = checked_phone(phone)
    note(session, "change own phone", "person", person.id, by=by.account_id, at=at)


def take_new_address(session: Session, account_id: int, email: str, *, at: datetime) -> None:
    """The account's address and that of its holder's record, both changed. Raises PeopleError if it is taken.

    The holder has confirmed it, signed in or not.
    """
    person = session.scalar(sa.select(Person).where(Person.account_id == account_id).with_for_update())
    account = session.get_one(Account, account_id, with_for_update=True)
    taken = PeopleError("This address cannot be used any more", field="email")
    if is_taken(session, email, account_id):
        raise taken
    try:
        with session.begin_nested():
            for one in (account, person):
                if one is not None:
                    one.email, one.email_key = email.strip(), email_key(email)
    except sa.exc.IntegrityError:  # taken by somebody else at the same moment
        raise taken from None
    subject, number = ("person", person.id) if person else ("account", account_id)
    note(session, "change own address", subject, number, by=account_id, at=at)


def similar_people(session: Session, name: str) -> list[tuple[int, str]]:
    """People on record whose name reads much like this one, whatever the order of its words."""
    on_record: dict[str, list[tuple[int, str]]] = {}
    for number, known in names_on_record(session):
        on_record.setdefault(_sorted_words(known), []).append((number, known))
    close = get_close_matches(_sorted_words(name), list(on_record), n=3, cutoff=HOW_SIMILAR)
    return [person for words in close for person in on_record[words]]


def checked_phone(phone: str) -> str:
    """As typed, or nothing. Raises PeopleError."""
    typed = phone.strip()
    if typed and not is_phone(typed):
        raise PeopleError("Enter a telephone number, like 07700 900123", field="phone")
    return typed


def round_named(session: Session, name: str) -> int | None:
    """The round of that name, opened if there is none yet."""
    name = _one_line(name)
    if not name:
        return None
    found = session.scalar(sa.select(Round).where(Round.name == name)) or Round(name=name)
    session.add(found)
    session.flush()
    return found.id


def _sorted_words(name: str) -> str:
    return " ".join(sorted(name.casefold().replace("-", " ").split()))


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _refuse_taken(session: Session, email: str) -> None:
    taken = session.scalar(sa.select(Person).where(Person.email_key == email_key(email)))
    if taken:
        since = f", who applied on {day_in_words(taken.applied_on)}" if taken.applied_on else ""
        raise PeopleError(f"This is the address of {taken.name}{since}", field="email", person_id=taken.id)


def _move_account(session: Session, person: Person, email: str) -> None:
    account = session.get(Account, person.account_id) if person.account_id else None
    if account is None or account.email_key != person.email_key:
        return
    key = email_key(email)
    if session.scalar(sa.select(Account.id).where(Account.email_key == key)):
        raise PeopleError("Another account signs in with this address", field="email")
    account.email, account.email_key = email.strip(), key
