"""A scheme’s beginning: its name and its first account."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services.accounts.errors import AccountError
from icv.store.accounts import Account, AccountRole, account_by_email, email_key
from icv.store.scheme import Setting, write_choice
from icv.store.trail import note


def set_up(
    session: Session, *, scheme_name: str, name: str, email: str, password_hash: str, on: date, at: datetime
) -> Account:
    """The first account, a coordinator's, and the scheme's name. Raises AccountError."""
    if session.scalar(sa.select(sa.exists().where(AccountRole.role == Role.COORDINATOR))):
        raise AccountError(
            "This scheme is set up already. Sign in, or ask its coordinator for an invitation."
        )
    if account_by_email(session, email):
        raise AccountError(
            "This address has a way in already. Use another for the coordinator.", field="email"
        )
    account = Account(
        name=name.strip(),
        email=email.strip(),
        email_key=email_key(email),
        password_hash=password_hash,
        made_at=at,
    )
    account.roles = [AccountRole(role=Role.COORDINATOR)]
    session.add(account)
    session.flush()
    session.add(
        Setting(
            name="scheme_name",
            value=write_choice(scheme_name.strip()),
            effective_on=on,
            set_at=at,
            set_by_id=account.id,
        )
    )
    note(session, "set up scheme", "account", account.id, by=account.id, at=at)
    return account
