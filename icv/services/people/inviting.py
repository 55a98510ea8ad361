"""A way in for people chosen from the list."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services.invitations import AddressOf, invite_by_letter
from icv.store.people import Person


def invite_people(
    session: Session, person_ids: Sequence[int], *, by: Actor, address_of: AddressOf, at: datetime
) -> list[tuple[str, str, str]]:
    """Invites visitors in office, those with an account again: name, address and link of each, by name."""
    chosen = session.scalars(
        sa.select(Person)
        .where(Person.id.in_(person_ids), Person.appointed_on.is_not(None), Person.left_on.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [
        (
            person.name,
            person.email,
            invite_by_letter(session, person.email, {Role.VOLUNTEER}, by=by, address_of=address_of, at=at),
        )
        for person in chosen.all()
    ]
