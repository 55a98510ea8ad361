"""Who a sign-in belongs to: the account, its roles in force, and its holder's record."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import london_day
from icv.store.accounts import Account, AccountRole, SignIn
from icv.store.people.tables import Person


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever holds a sign-in that counts, and its id."""

    sign_in_id: int
    actor: Actor


def signed_in(session: Session, token_digest: str, *, at: datetime) -> SignedIn | None:
    """Who asks, by the digest of the sign-in's token; None when it has ended or may do nothing any more.

    A visitor who has left is no volunteer from `left_on` on, whatever the account says.
    """
    rows = session.execute(_SIGNED_IN, {"digest": token_digest, "at": at}).all()
    if not rows:
        return None
    sign_in_id, account_id, name, person_id, left_on, _ = rows[0]
    roles = frozenset(row.role for row in rows)
    if person_id is None or (left_on is not None and left_on <= london_day(at)):
        roles -= {Role.VOLUNTEER}
    return SignedIn(sign_in_id, Actor(account_id, person_id, name, roles)) if roles else None


# Every page asks this first: the statement is put together once.
_SIGNED_IN = (
    sa.select(SignIn.id, Account.id, Account.name, Person.id, Person.left_on, AccountRole.role)
    .join(Account, Account.id == SignIn.account_id)
    .join(AccountRole, AccountRole.account_id == Account.id)
    .outerjoin(Person, Person.account_id == Account.id)
    .where(
        SignIn.token_digest == sa.bindparam("digest"),
        SignIn.expires_at > sa.bindparam("at"),
        Account.closed_at.is_(None),
    )
)
