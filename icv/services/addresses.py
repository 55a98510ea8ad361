"""Changing the own e-mail address: asked for, confirmed at the old and at the new one, or stopped."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.reaching import is_email
from icv.rules.refusals import Refusal
from icv.services import letters
from icv.services.accounts import digest
from icv.services.people.contact import take_new_address
from icv.services.people.errors import PeopleError
from icv.store.accounts import Account, OneTimeLink, email_key
from icv.store.addresses import (
    AddressChange,
    change_by_link,
    changes_asked_since,
    confirm_side,
    end_changes,
    is_taken,
)
from icv.store.people import Person
from icv.store.trail import note

AddressOf = Callable[[str], str]
"""Gives the full web address of the page of a link's token."""

LINK_LASTS = timedelta(days=2)
MOST_A_DAY = 3


class AddressError(Refusal):
    """Why a change of address is refused, in a sentence that may be shown."""


class Confirmed(StrEnum):
    """What a confirmation has led to."""

    WAITS_FOR_OTHER = "waits for other"
    CHANGED = "changed"
    IMPOSSIBLE = "impossible"


def ask_to_change(session: Session, email: str, *, by: Actor, address_of: AddressOf, at: datetime) -> None:
    """Writes to both addresses. Whether the new one is somebody's already is told to its holder alone.

    An earlier change that waits comes to an end. Raises AddressError.
    """
    asked = email.strip()
    if not is_email(asked):
        raise AddressError("Enter an e-mail address, like name@example.org", field="email")
    account = session.get_one(Account, by.account_id, with_for_update=True)
    if email_key(asked) == account.email_key:
        raise AddressError("This is the address you use already", field="email")
    if changes_asked_since(session, account.id, at - timedelta(days=1)) >= MOST_A_DAY:
        raise AddressError(
            "You have asked for three changes since yesterday."
            " Wait a day, or ask the coordinator to change it."
        )
    end_changes(session, account_id=account.id, at=at)
    old_token, new_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    change = AddressChange(
        account_id=account.id,
        email=asked,
        old_digest=digest(old_token),
        new_digest=digest(new_token),
        asked_at=at,
        expires_at=at + LINK_LASTS,
    )
    session.add(change)
    session.flush()
    note(session, "ask for new address", "account", account.id, by=by.account_id, at=at, change=change.id)
    _write_to_old(session, account, change, address_of(old_token), at)
    link = None if is_taken(session, asked, account.id) else address_of(new_token)
    _write_to_new(session, change, link, at)


def confirm(session: Session, token: str, *, at: datetime) -> Confirmed | None:
    """By either link, signed in or not; None where the link serves no more. Confirming twice is once.

    IMPOSSIBLE: both are confirmed, but the address has become somebody else's; the change has ended.
    """
    asked = change_by_link(session, digest(token), at=at)
    if asked is None:
        return None
    _hold_holder(session, asked.account_id)
    change = confirm_side(session, digest(token), at=at)
    if change is None:
        return None
    side = "old" if change.old_digest == digest(token) else "new"
    note(
        session, f"confirm at {side} address", "account", change.account_id, by=None, at=at, change=change.id
    )
    if change.old_confirmed_at is None or change.new_confirmed_at is None:
        return Confirmed.WAITS_FOR_OTHER
    email, account_id = change.email, change.account_id
    end_changes(session, account_id=account_id, at=at)
    try:
        take_new_address(session, account_id, email, at=at)
    except PeopleError:
        return Confirmed.IMPOSSIBLE
    _end_links(session, account_id, at)
    return Confirmed.CHANGED


def stop(session: Session, token: str, *, at: datetime) -> bool:
    """By either link: whoever reads the letters at that address did not ask. False if it served no more."""
    change = change_by_link(session, digest(token), at=at)
    if change is None or not end_changes(session, digest=digest(token), at=at):
        return False
    note(session, "stop new address", "account", change.account_id, by=None, at=at, change=change.id)
    return True


def withdraw(session: Session, *, by: Actor, at: datetime) -> None:
    """The asker has thought better of it; where nothing waits any more, nothing changes."""
    for change_id in end_changes(session, account_id=by.account_id, at=at):
        note(session, "stop new address", "account", by.account_id, by=by.account_id, at=at, change=change_id)


def _hold_holder(session: Session, account_id: int) -> None:
    """In the order in which every change of contact details keeps them from others: nobody waits for ever."""
    session.execute(sa.select(Person.id).where(Person.account_id == account_id).with_for_update())
    session.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())


def _end_links(session: Session, account_id: int, at: datetime) -> None:
    """Links that lie in the old mailbox are no way in any more."""
    session.execute(
        sa.update(OneTimeLink)
        .where(
            OneTimeLink.account_id == account_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > at
        )
        .values(expires_at=at)
    )


def _write_to_old(session: Session, account: Account, change: AddressChange, link: str, at: datetime) -> None:
    letters.write(
        session,
        "confirm at old address",
        change.old_digest,
        account,
        "Confirm the change of your e-mail address",
        (
            f"Dear {account.name},\n\nSomebody, most likely you, asked the custody visiting service to use"
            f" another e-mail address for you:\n\n{change.email}\n\nOpen this page within two days and"
            " confirm that you asked for it:\n\n"
            f"{link}\n\nIf it was not you, open the same page and press Stop: your address stays as it is.\n"
        ),
        is_security=True,
        at=at,
    )


def _write_to_new(session: Session, change: AddressChange, link: str | None, at: datetime) -> None:
    """Without a link where the address is somebody's already: they alone are told so."""
    if link:
        body = (
            "Hello,\n\nSomebody, most likely you, asked the custody visiting service to use this e-mail"
            " address from now on. Open this page within two days and confirm that it is yours:\n\n"
            f"{link}\n\nThe address in use so far has a letter too: both are needed. If you know nothing of"
            " this, open the page and press Stop, or do nothing.\n"
        )
    else:
        body = (
            "Hello,\n\nSomebody asked the custody visiting service to use this e-mail address for them. It is"
            " on record here already, so nothing has changed and nobody was told.\n\nIf it was you, or if you"
            " wonder about it, speak to the coordinator of your scheme.\n"
        )
    letters.write(
        session,
        "confirm at new address",
        change.new_digest,
        change.email,
        "Your e-mail address and the custody visiting service",
        body,
        is_security=True,
        at=at,
    )
