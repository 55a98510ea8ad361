"""The example’s accounts: the offices’, and those of the few visitors who have one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services import accounts
from icv.store.accounts import Account
from icv.store.people import Person


def open_account(session: Session, role: Role, email: str, name: str, *, at: datetime) -> Actor:
    accounts.invite(session, email, {role}, name=name, by=None, at=at)
    account = session.scalars(sa.select(Account).where(Account.email == email)).one()
    person_id = session.scalar(sa.select(Person.id).where(Person.account_id == account.id))
    return Actor(account.id, person_id, account.name, frozenset({role}))


def as_visitor(session: Session, person_id: int, *, at: datetime) -> Actor:
    """As themselves, by an account of their own that they are given where they have none."""
    person = session.get_one(Person, person_id)
    return open_account(session, Role.VOLUNTEER, person.email, person.name, at=at)
