"""Decisions that extended vettings: all of them, those about one person, and what one would extend."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.accounts import Account
from icv.store.people import Person, Vetting
from icv.store.vetting.tables import ExtendedVetting, Extension


@dataclass(frozen=True, slots=True)
class ExtendedPerson:
    person_id: int
    name: str
    until_before: date


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with everybody it extended, by name; `by` None: by the command line."""

    id: int
    decided_on: date
    until: date
    reason: str
    made_at: datetime
    by: str | None
    people: tuple[ExtendedPerson, ...]


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """A decision as one person's record lists it."""

    id: int
    decided_on: date
    until_before: date
    until: date
    reason: str
    by: str | None


def decisions(session: Session) -> list[Decision]:
    """The latest recorded first."""
    people: defaultdict[int, list[ExtendedPerson]] = defaultdict(list)
    rows = session.execute(
        sa.select(ExtendedVetting.extension_id, Person.id, Person.name, ExtendedVetting.until_before)
        .join(Vetting, Vetting.id == ExtendedVetting.vetting_id)
        .join(Person, Person.id == Vetting.person_id)
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    for number, person_id, name, until_before in rows:
        people[number].append(ExtendedPerson(person_id, name, until_before))
    made = session.execute(
        sa.select(
            Extension.id,
            Extension.decided_on,
            Extension.until,
            Extension.reason,
            Extension.made_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == Extension.made_by_id)
        .order_by(Extension.id.desc())
    )
    return [Decision(*row, people=tuple(people[row.id])) for row in made]


def extensions_of(session: Session, person_id: int) -> list[ExtensionLine]:
    """Those of one person's vettings, the latest recorded first."""
    rows = session.execute(
        sa.select(
            Extension.id,
            Extension.decided_on,
            ExtendedVetting.until_before,
            Extension.until,
            Extension.reason,
            Account.name,
        )
        .join(ExtendedVetting, ExtendedVetting.extension_id == Extension.id)
        .join(Vetting, Vetting.id == ExtendedVetting.vetting_id)
        .outerjoin(Account, Account.id == Extension.made_by_id)
        .where(Vetting.person_id == person_id)
        .order_by(Extension.id.desc())
    )
    return [ExtensionLine(*row) for row in rows]


def extended_on(session: Session, vetting_id: int) -> date | None:
    """The day of the latest decision that extended this vetting, None: none has."""
    return session.scalar(
        sa.select(Extension.decided_on)
        .join(ExtendedVetting, ExtendedVetting.extension_id == Extension.id)
        .where(ExtendedVetting.vetting_id == vetting_id)
        .order_by(Extension.id.desc())
        .limit(1)
    )


def held_for_extending(session: Session, person_ids: Collection[int]) -> None:
    """Nobody else changes these people's records until the transaction ends."""
    session.execute(
        sa.select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id).with_for_update()
    )
