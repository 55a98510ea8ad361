"""A way in for people chosen from the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services.invitations import AddressOf, invite_by_letter, invited_just_now
from icv.store.people import Person


@dataclass(frozen=True, slots=True)
class Invited:
    """Name, address and link of each, by name; `earlier`: the names of those who had been just before."""

    links: list[tuple[str, str, str]]
    earlier: list[str]


def invite_people(
    session: Session, person_ids: Sequence[int], *, by: Actor, address_of: AddressOf, at: datetime
) -> Invited:
    """Invites visitors in office, those with an account again, but nobody twice within a minute."""
    chosen = session.scalars(
        sa.select(Person)
        .where(Person.id.in_(person_ids), Person.appointed_on.is_not(None), Person.left_on.is_(None))
        .order_by(Person.name, Person.id)
    )
    people = chosen.all()
    earlier = invited_just_now(session, [person.email for person in people], at)
    links = [
        (
            person.name,
            person.email,
            invite_by_letter(session, person.email, {Role.VOLUNTEER}, by=by, address_of=address_of, at=at),
        )
        for person in people
        if person.email_key not in earlier
    ]
    return Invited(links, [person.name for person in people if person.email_key in earlier])
