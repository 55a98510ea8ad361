"""Agreements signed and identity cards issued, for several people at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.records import AgreementFacts, CardFacts, Facts
from icv.services.people.errors import PeopleError
from icv.store.people import Agreement, Card, Person
from icv.store.people.papers import numbers_in_use
from icv.store.trail import note


@dataclass(frozen=True, slots=True)
class Signed:
    """For how many it was recorded, and for how many it was on record already."""

    added: int
    known: int


def record_signed(
    session: Session, person_ids: Collection[int], facts: AgreementFacts, *, by: Actor, at: datetime
) -> Signed:
    """That they all signed that version on that day. Who has signed it that day already is left as they are.

    Raises PeopleError, and then it is recorded of nobody.
    """
    _refuse_faults(facts, at)
    people = _hold_all(session, person_ids)
    known = set(
        session.scalars(
            sa.select(Agreement.person_id).where(
                Agreement.person_id.in_(people),
                Agreement.version == facts.version,
                Agreement.signed_on == facts.signed_on,
            )
        )
    )
    new = [
        Agreement(person_id=person_id, version=facts.version, signed_on=facts.signed_on)
        for person_id in people
        if person_id not in known
    ]
    _add(session, new, "add agreement", by=by, at=at)
    return Signed(len(new), len(known))


def issue_cards(
    session: Session,
    numbers: Mapping[int, str],
    issued_on: date,
    expires_on: date | None,
    *,
    is_exchange: bool,
    by: Actor,
    at: datetime,
) -> int:
    """A card each, by person; how many. `is_exchange`: cards they had before came back on that day.

    Sent twice it is one: who has that card already keeps it.

    Raises PeopleError, whose `person_id` is whom it speaks of, and then nobody has one.
    """
    given = {person_id: " ".join(number.split()) for person_id, number in numbers.items() if number.strip()}
    if not given:
        raise PeopleError("Enter the number of at least one card")
    _refuse_faults(CardFacts("", issued_on, expires_on), at)
    held = _hold_all(session, given)
    _refuse_same_numbers(given)
    known = _with_that_card(session, given, issued_on, expires_on)
    people = [person_id for person_id in held if person_id not in known]
    given = {person_id: given[person_id] for person_id in people}
    if is_exchange:
        _take_back(session, given, issued_on, by=by, at=at)
    _refuse_numbers_in_use(session, given)
    new = [
        Card(person_id=person_id, number=given[person_id], issued_on=issued_on, expires_on=expires_on)
        for person_id in people
    ]
    _add(session, new, "add card", by=by, at=at)
    return len(new)


def _refuse_faults(facts: Facts, at: datetime) -> None:
    for field, fault in facts.faults(london_day(at)).items():
        raise PeopleError(fault, field=field)


def _add(session: Session, records: Sequence[Agreement | Card], act: str, *, by: Actor, at: datetime) -> None:
    session.add_all(records)
    session.flush()
    for record in records:
        note(session, act, "person", record.person_id, by=by.account_id, at=at, record=record.id)


def _hold_all(session: Session, person_ids: Collection[int]) -> Sequence[int]:
    """Those on record, kept from everybody else until the transaction ends: two at once do not both add."""
    people = session.scalars(
        sa.select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id).with_for_update()
    ).all()
    if not people:
        raise PeopleError("Choose at least one person")
    return people


def _with_that_card(
    session: Session, given: Mapping[int, str], issued_on: date, expires_on: date | None
) -> set[int]:
    """Who holds the card of that number and those days."""
    cards = session.execute(
        sa.select(Card.person_id, Card.number).where(
            Card.person_id.in_(given),
            Card.returned_on.is_(None),
            Card.issued_on == issued_on,
            Card.expires_on == expires_on,
        )
    )
    return {person_id for person_id, number in cards if given[person_id] == number}


def _take_back(session: Session, person_ids: Collection[int], on: date, *, by: Actor, at: datetime) -> None:
    """Cards issued before that day and not returned yet."""
    before = session.scalars(
        sa.select(Card)
        .where(Card.person_id.in_(person_ids), Card.returned_on.is_(None), Card.issued_on <= on)
        .order_by(Card.id)
    )
    for card in before:
        card.returned_on = on
        note(session, "change card", "person", card.person_id, by=by.account_id, at=at, record=card.id)
    session.flush()


def _refuse_same_numbers(given: Mapping[int, str]) -> None:
    seen: set[str] = set()
    for person_id, number in given.items():
        if number in seen:
            raise PeopleError(
                f"Card {number} is entered twice: each card has its own number", person_id=person_id
            )
        seen.add(number)


def _refuse_numbers_in_use(session: Session, given: Mapping[int, str]) -> None:
    in_use = numbers_in_use(session, given.values())
    for person_id, number in given.items():
        if number in in_use:
            raise PeopleError(f"Card {number} is with {in_use[number]} already", person_id=person_id)
