"""Ways in that go out as letters: invitations, and the link for a forgotten password."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services import letters
from icv.services.accounts import AccountError, begin_try, digest, invite, make_link
from icv.store.accounts import Account, LinkPurpose, OneTimeLink, account_by_email, email_key
from icv.store.people import Person

AddressOf = Callable[[str], str]
"""Gives the full web address of a one-time link's token."""

AGAIN_AFTER = timedelta(minutes=1)
"""So soon after an invitation a second press of the button is no wish for another."""


def ask_for_new_password(
    session: Session, email: str, from_address: str, *, address_of: AddressOf, at: datetime
) -> None:
    """Writes the letter if there is such an account, and does not tell. Raises AccountError on too many."""
    begin_try(session, email, from_address, at=at)
    account = account_by_email(session, email)
    if account is None or account.closed_at is not None:
        return
    token = make_link(session, account.id, LinkPurpose.NEW_PASSWORD, by=account.id, at=at)
    _write(
        session,
        account,
        purpose="new password",
        token=token,
        subject="Choose a new password",
        body=(
            f"Dear {account.name},\n\nSomebody, most likely you, asked to choose a new password for the"
            " custody visiting service. Open this page within two hours and choose one:\n\n"
            f"{address_of(token)}\n\nIf it was not you, do nothing: your password stays as it is.\n"
        ),
        at=at,
    )


def invite_by_letter(
    session: Session,
    email: str,
    roles: set[Role],
    *,
    name: str = "",
    by: Actor,
    address_of: AddressOf,
    at: datetime,
) -> str:
    """Invites, writes the letter, and returns the link so that the coordinator may also hand it over.

    Raises AccountError, too where one was written within the last minute: a link of now would stop that one.
    """
    if invited_just_now(session, [email], at):
        raise AccountError(
            f"An invitation to {email.strip()} was made a moment ago, and it counts."
            " If you want another one, wait a minute."
        )
    token = invite(session, email, roles, name=name, by=by.account_id, at=at)
    link = address_of(token)
    account = account_by_email(session, email)
    assert account is not None  # noqa: S101  invite() has made it
    _write(
        session,
        account,
        purpose="invitation",
        token=token,
        subject="Your way in to the custody visiting service",
        body=(
            f"Dear {account.name},\n\n{by.name} invites you to the custody visiting service. Open this page"
            f" within 14 days and choose a password:\n\n{link}\n\n"
            "The link works once, for you alone. Do not pass it on.\n"
        ),
        at=at,
    )
    return link


def invited_just_now(session: Session, emails: Collection[str], at: datetime) -> set[str]:
    """Of the addresses, as keys, those with an invitation of the last minute that is not used yet.

    Accounts asked about are kept from others until the transaction ends: pressed twice at once, one waits.
    """
    accounts = session.execute(
        sa.select(Account.id, Account.email_key)
        .where(Account.email_key.in_([email_key(email) for email in emails]))
        .order_by(Account.id)
        .with_for_update()
    )
    keys = dict(accounts.all())
    fresh = session.scalars(
        sa.select(OneTimeLink.account_id).where(
            OneTimeLink.account_id.in_(keys),
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
            OneTimeLink.made_at > at - AGAIN_AFTER,
        )
    )
    return {keys[account_id] for account_id in fresh if account_id is not None}


def uninvited_visitors(session: Session) -> list[Person]:
    """Visitors in office who have no account yet, by name."""
    return list(
        session.scalars(
            sa.select(Person)
            .where(Person.appointed_on.is_not(None), Person.left_on.is_(None), Person.account_id.is_(None))
            .order_by(Person.name, Person.id)
        )
    )


def invite_visitors(
    session: Session, *, by: Actor, address_of: AddressOf, at: datetime
) -> list[tuple[str, str, str]]:
    """Invites every visitor who has no account: name, e-mail address and link of each."""
    return [
        (
            person.name,
            person.email,
            invite_by_letter(session, person.email, {Role.VOLUNTEER}, by=by, address_of=address_of, at=at),
        )
        for person in uninvited_visitors(session)
    ]


def _write(
    session: Session, account: Account, *, purpose: str, token: str, subject: str, body: str, at: datetime
) -> None:
    """A letter for each link, however soon after the last: a newer link has stopped the older."""
    letters.write(session, purpose, digest(token), account, subject, body, is_security=True, at=at)
