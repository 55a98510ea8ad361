"""Whom letters go to: names and e-mail addresses, of many people at once."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people.tables import Person


@dataclass(frozen=True, slots=True)
class Addressed:
    name: str
    email: str


def addressed(session: Session, person_ids: Collection[int]) -> dict[int, Addressed]:
    """By person."""
    asked = sa.select(Person.id, Person.name, Person.email).where(Person.id.in_(person_ids))
    return {person_id: Addressed(name, email) for person_id, name, email in session.execute(asked)}
