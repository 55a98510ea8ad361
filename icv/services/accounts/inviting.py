"""Accounts and their roles given by invitation."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.reaching import is_email
from icv.services.accounts.errors import AccountError
from icv.services.accounts.links import make_link
from icv.store.accounts import Account, AccountRole, LinkPurpose, account_by_email, email_key
from icv.store.people import Person
from icv.store.trail import note


def invite(
    session: Session, email: str, roles: set[Role], *, name: str = "", by: int | None, at: datetime
) -> str:
    """Makes the account, or adds the roles to it, and returns the token of an invitation.

    A volunteer's account belongs to the person on record with that address. Raises AccountError.
    """
    if not roles:
        raise AccountError("Say at least one role: coordinator, volunteer, panel or police.")
    if not is_email(email.strip()):
        raise AccountError(f"“{email}” is not an e-mail address. Give one such as name@example.org.")
    person = session.scalar(sa.select(Person).where(Person.email_key == email_key(email)))
    if Role.VOLUNTEER in roles and (person is None or person.appointed_on is None):
        raise AccountError(
            f"Nobody appointed is on record with the address {email.strip()}."
            " Add or import the person first, then invite them as a volunteer."
        )
    account = account_by_email(session, email)
    if account is None:
        shown = name.strip() or (person.name if person else email.strip().split("@")[0])
        account = Account(name=shown, email=email.strip(), email_key=email_key(email), made_at=at)
        session.add(account)
        session.flush()
    held = set(session.scalars(sa.select(AccountRole.role).where(AccountRole.account_id == account.id)))
    session.add_all(AccountRole(account_id=account.id, role=role) for role in roles - held)
    account.closed_at = None
    if person is not None and Role.VOLUNTEER in roles:
        person.account_id = account.id
    session.flush()
    note(session, "invite", "account", account.id, by=by, at=at, roles=sorted(roles))
    return make_link(session, account.id, LinkPurpose.INVITATION, by=by, at=at)
