"""Who may speak for an applicant: naming referees, correcting them, giving one up for another."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.stages import PIPELINE
from icv.services.people.contact import checked_phone
from icv.services.people.moving import held_for_change, last_step
from icv.services.references.errors import ReferenceRefused
from icv.store.accounts import email_key
from icv.store.people import Person, Referee
from icv.store.references import ReferenceLink
from icv.store.trail import note

MOST_REFEREES = 12


@dataclass(frozen=True, slots=True)
class RefereeContact:
    """Without an address nobody can be asked by letter: such a reference comes on paper."""

    name: str
    email: str = ""
    phone: str = ""
    relation: str = ""


def name_referee(
    session: Session, person_id: int, contact: RefereeContact, *, by: Actor | None, at: datetime
) -> int:
    """The referee's id. `by` None: named by the applicant in the application itself."""
    person = held_for_change(session, person_id)
    if (last := last_step(session, person_id)) and last.stage not in PIPELINE:
        raise ReferenceRefused(
            f"{person.name} is at the stage “{last.stage.words}”: references are asked of applicants"
        )
    standing = _standing(session, person_id)
    if len(standing) >= MOST_REFEREES:
        raise ReferenceRefused(f"{MOST_REFEREES} referees are named already. Give one up first.")
    _refuse_contact(person, contact, standing)
    referee = Referee(person_id=person_id, named_on=london_day(at))
    _write(referee, contact)
    session.add(referee)
    session.flush()
    _note(session, "name referee", referee, by, at)
    return referee.id


def change_referee(
    session: Session, person_id: int, referee_id: int, contact: RefereeContact, *, by: Actor, at: datetime
) -> None:
    """A new address has to be asked anew: links sent to the old one, which may be a stranger's, are dead."""
    person = held_for_change(session, person_id)
    referee = held_referee(session, person_id, referee_id)
    _refuse_settled(referee)
    _refuse_contact(
        person, contact, [other for other in _standing(session, person_id) if other.id != referee_id]
    )
    if email_key(contact.email) != email_key(referee.email):
        session.execute(sa.delete(ReferenceLink).where(ReferenceLink.referee_id == referee_id))
        referee.asked_at = referee.chased_at = referee.fails_on = None
    _write(referee, contact)
    _note(session, "change referee", referee, by, at)


def give_up_referee(session: Session, person_id: int, referee_id: int, *, by: Actor, at: datetime) -> None:
    """The referee counts no more and is asked no more; doing it twice changes nothing."""
    held_for_change(session, person_id)
    referee = held_referee(session, person_id, referee_id)
    if referee.given_up_on is None:
        referee.given_up_on = london_day(at)
        _note(session, "give up referee", referee, by, at)


def held_referee(session: Session, person_id: int, referee_id: int) -> Referee:
    """The referee of that applicant, kept from everybody else until the transaction ends."""
    referee = session.get(Referee, referee_id, with_for_update=True)
    if referee is None or referee.person_id != person_id:
        raise ReferenceRefused("This referee is not on record. Look at the person’s references again.")
    return referee


def _standing(session: Session, person_id: int) -> list[Referee]:
    asked = sa.select(Referee).where(Referee.person_id == person_id, Referee.given_up_on.is_(None))
    return list(session.scalars(asked))


def _refuse_settled(referee: Referee) -> None:
    if referee.answered_at is not None:
        raise ReferenceRefused(f"{referee.name} has answered already: what they wrote stands as it is.")
    if referee.given_up_on is not None:
        raise ReferenceRefused(f"{referee.name} was given up. Name them again if they are to be asked.")


def _refuse_contact(person: Person, contact: RefereeContact, others: list[Referee]) -> None:
    """Nobody speaks for themselves, and nobody counts twice."""
    if not contact.name.strip():
        raise ReferenceRefused("Enter the referee’s name", field="name")
    key = email_key(contact.email)
    if key and key == person.email_key:
        raise ReferenceRefused("This is the applicant’s own address", field="email")
    if key and (same := next((other for other in others if email_key(other.email) == key), None)):
        raise ReferenceRefused(f"{same.name} is named with this address already", field="email")


def _write(referee: Referee, contact: RefereeContact) -> None:
    referee.name = " ".join(contact.name.split())
    referee.email = contact.email.strip()
    referee.phone = checked_phone(contact.phone)
    referee.relation = " ".join(contact.relation.split())


def _note(session: Session, act: str, referee: Referee, by: Actor | None, at: datetime) -> None:
    who = by.account_id if by else None
    note(session, act, "person", referee.person_id, by=who, at=at, referee=referee.id)
