"""Signing the memorandum of understanding by oneself."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.own import needs_signing
from icv.rules.records import AgreementFacts
from icv.rules.scheme import Choices
from icv.services.people.errors import PeopleError
from icv.services.people.keeping import keep_record
from icv.services.people.moving import held_for_change
from icv.store.people import standings


def sign_agreement(session: Session, version: str, choices: Choices, *, by: Actor, at: datetime) -> None:
    """The version that was read, today, on the actor's own record. Signing twice is once."""
    if by.person_id is None:
        raise PeopleError("There is no record of a volunteer behind this account. Ask the coordinator.")
    if version != choices.agreement_version:
        raise PeopleError("Another version has come into use since. Read that one, and sign it.")
    held_for_change(session, by.person_id)
    standing = standings(session, [by.person_id])[by.person_id]
    if needs_signing(standing, choices, london_day(at)):
        keep_record(session, by.person_id, AgreementFacts(version, london_day(at)), by=by, at=at)
