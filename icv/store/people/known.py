"""Whose address it is: the people on record behind e-mail addresses that somebody gave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.stages import GONE, Stage
from icv.store.accounts import email_key
from icv.store.people.listing import step_on
from icv.store.people.tables import Person


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody on record, at the stage of a day."""

    id: int
    name: str
    stage: Stage
    since: date | None

    @property
    def is_gone(self) -> bool:
        return self.stage in GONE


def person_by_address(session: Session, email: str, on: date) -> KnownPerson | None:
    key = email_key(email)
    return people_by_address(session, [key], on).get(key)


def people_by_address(session: Session, keys: Collection[str], on: date) -> dict[str, KnownPerson]:
    """By the form of the address in which two spellings of it are the same."""
    step, is_theirs = step_on(on)
    rows = session.execute(
        sa.select(Person.email_key, Person.id, Person.name, step.stage, step.on)
        .select_from(Person)
        .join(step, is_theirs)
        .where(Person.email_key.in_(keys))
    )
    return {row[0]: KnownPerson(*row[1:]) for row in rows}
