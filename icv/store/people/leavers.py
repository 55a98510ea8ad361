"""Cards of people who have left that have not come back."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people.dated import Card
from icv.store.people.tables import Person


@dataclass(frozen=True, slots=True)
class CardOut:
    """An identity card that is still out; `left_on` is its holder's first day away for good."""

    person_id: int
    name: str
    number: str
    left_on: date


def cards_out(session: Session, on: date) -> list[CardOut]:
    """Of people who have left by that day, the longest gone first."""
    rows = session.execute(
        sa.select(Person.id, Person.name, Card.number, Person.left_on)
        .join(Card, Card.person_id == Person.id)
        .where(Person.left_on <= on, Card.returned_on.is_(None))
        .order_by(Person.left_on, Person.name, Card.id)
    )
    return [CardOut(person_id, name, number, left_on) for person_id, name, number, left_on in rows if left_on]
