"""Whose address it is: the people on record behind e-mail addresses that somebody gave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.stages import GONE, Stage
from icv.store.accounts import email_key
from icv.store.people.listing import stage_on
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
    stage = stage_on(on)
    rows = session.execute(
        sa.select(Person.email_key, Person.id, Person.name, stage.c.stage, stage.c.on)
        .join(stage, stage.c.person_id == Person.id)
        .where(Person.email_key.in_(keys))
    )
    return {key: KnownPerson(*rest) for key, *rest in rows}
