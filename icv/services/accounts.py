"""Accounts: invitations, one-time links, passwords, sign-ins and the throttle on guessing."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.origins import origin
from icv.rules.refusals import Refusal
from icv.store.accounts import (
    Account,
    AccountRole,
    Attempt,
    LinkPurpose,
    OneTimeLink,
    SignIn,
    account_by_email,
    email_key,
)
from icv.store.people import Person
from icv.store.scheme import Setting, write_choice
from icv.store.trail import note

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 19 MiB: two at a time, however many sign in."""

LINK_LASTS = {
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.SIGN_IN: timedelta(days=1),
    LinkPurpose.NEW_PASSWORD: timedelta(hours=2),
    LinkPurpose.SET_UP: timedelta(days=1),
}
OFFICE_SIGN_IN_LASTS = timedelta(hours=12)
VISITOR_SIGN_IN_LASTS = timedelta(days=30)
SHORTEST_PASSWORD = 12
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
THROTTLE_WINDOW = timedelta(minutes=15)
MOST_TRIES_AN_ACCOUNT = 5
MOST_TRIES_AN_ADDRESS = 30


class AccountError(Refusal):
    """Why an act on an account is refused, in a sentence that may be shown."""


@dataclass(frozen=True, slots=True)
class Try:
    """A sign-in being tried: written down before the password is looked at, so tries at once all count."""

    attempt_id: int
    account_id: int | None
    password_hash: str | None


def begin_try(session: Session, email: str, address: str, *, at: datetime) -> Try:
    """Counts the try against the account and the address. Raises AccountError when there were too many."""
    account_digest, address_digest = digest(email_key(email)), digest(origin(address))
    since = at - THROTTLE_WINDOW
    for column, value, most in (
        (Attempt.account_digest, account_digest, MOST_TRIES_AN_ACCOUNT),
        (Attempt.address_digest, address_digest, MOST_TRIES_AN_ADDRESS),
    ):
        tries = session.scalar(
            sa.select(sa.func.count()).select_from(Attempt).where(column == value, Attempt.at > since)
        )
        if (tries or 0) >= most:
            raise AccountError(
                "There were too many tries to sign in. Wait 15 minutes and try again,"
                " or ask the coordinator for a sign-in link."
            )
    attempt = Attempt(account_digest=account_digest, address_digest=address_digest, at=at)
    session.add(attempt)
    session.flush()
    account = account_by_email(session, email)
    if account is None or account.closed_at is not None:
        return Try(attempt.id, None, None)
    return Try(attempt.id, account.id, account.password_hash)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Slow on purpose, and as slow where there is no such account. Call it outside of a transaction."""
    expected = password_hash or _hash_of_nothing()
    try:
        with _AT_ONCE:
            return HASHER.verify(expected, password) and password_hash is not None
    except VerifyMismatchError:
        return False


def hashed(password: str) -> str:
    """Slow on purpose. Call it outside of a transaction."""
    with _AT_ONCE:
        return HASHER.hash(password)


@cache
def _hash_of_nothing() -> str:
    return hashed(secrets.token_urlsafe(16))


def forget_try(session: Session, attempt: Try) -> None:
    session.execute(sa.delete(Attempt).where(Attempt.id == attempt.attempt_id))


def sign_in(session: Session, account_id: int, *, device: str, at: datetime) -> str:
    """Begins a sign-in and returns its token, which is kept nowhere else. A visitor's lasts longer."""
    roles = set(session.scalars(sa.select(AccountRole.role).where(AccountRole.account_id == account_id)))
    lasts = VISITOR_SIGN_IN_LASTS if roles == {Role.VOLUNTEER} else OFFICE_SIGN_IN_LASTS
    token = secrets.token_urlsafe(32)
    entry = SignIn(
        account_id=account_id,
        token_digest=digest(token),
        began_at=at,
        expires_at=at + lasts,
        device=device[:80],
    )
    session.add(entry)
    session.flush()
    note(session, "sign in", "sign-in", entry.id, by=account_id, at=at)
    return token


def sign_out(session: Session, token: str, *, by: int, at: datetime) -> None:
    ended = session.scalar(sa.delete(SignIn).where(SignIn.token_digest == digest(token)).returning(SignIn.id))
    note(session, "sign out", "sign-in", ended, by=by, at=at)


def end_sign_in(session: Session, sign_in_id: int, *, by: Actor, at: datetime) -> bool:
    """Ends one of the actor's own sign-ins; False when it is not theirs or has ended already."""
    ended = session.scalar(
        sa.delete(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == by.account_id)
        .returning(SignIn.id)
    )
    if ended is None:
        return False
    note(session, "end sign-in", "sign-in", ended, by=by.account_id, at=at)
    return True


def invite(
    session: Session, email: str, roles: set[Role], *, name: str = "", by: int | None, at: datetime
) -> str:
    """Makes the account, or adds the roles to it, and returns the token of an invitation.

    A volunteer's account belongs to the person on record with that address. Raises AccountError.
    """
    if not roles:
        raise AccountError("Say at least one role: coordinator, volunteer, panel or police.")
    if not AN_ADDRESS.fullmatch(email.strip()):
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


def make_link(
    session: Session, account_id: int | None, purpose: LinkPurpose, *, by: int | None, at: datetime
) -> str:
    """A fresh one-time link's token. Older unused links of the same purpose stop working."""
    session.execute(
        sa.update(OneTimeLink)
        .where(
            OneTimeLink.account_id == account_id,
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
        )
        .values(expires_at=at)
    )
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        account_id=account_id,
        purpose=purpose,
        token_digest=digest(token),
        made_at=at,
        made_by_id=by,
        expires_at=at + LINK_LASTS[purpose],
    )
    session.add(link)
    session.flush()
    note(session, f"make {purpose.value} link", "one-time link", link.id, by=by, at=at, account=account_id)
    return token


def use_link(session: Session, token: str, *, at: datetime) -> OneTimeLink | None:
    """Uses a link up and returns it; None if it is unknown, used or expired. Of two at once, one has it."""
    used = session.scalar(
        sa.update(OneTimeLink)
        .where(
            OneTimeLink.token_digest == digest(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
        )
        .values(used_at=at)
        .returning(OneTimeLink)
    )
    if used is not None:
        note(session, "use link", "one-time link", used.id, by=used.account_id, at=at)
    return used


def set_password(session: Session, account_id: int, password_hash: str, *, at: datetime) -> None:
    """Sets it and ends every other sign-in of the account: whoever was in with the old one is out."""
    account = session.get_one(Account, account_id)
    account.password_hash = password_hash
    session.execute(sa.delete(SignIn).where(SignIn.account_id == account_id))
    session.execute(sa.delete(Attempt).where(Attempt.account_digest == digest(account.email_key)))
    note(session, "set password", "account", account_id, by=account_id, at=at)


def password_faults(password: str, *, email: str = "") -> list[str]:
    """What speaks against a password, in words; long is what counts, not signs and capitals."""
    faults = []
    if len(password) < SHORTEST_PASSWORD:
        faults.append(
            f"Use at least {SHORTEST_PASSWORD} characters. Three or four unrelated words work well."
        )
    if len(password) > 200:
        faults.append("Use at most 200 characters.")
    if email and email_key(email).split("@")[0] in password.casefold():
        faults.append("Do not use your e-mail address in your password.")
    if password and len(set(password.casefold())) < 5:
        faults.append("Use more than a few different characters.")
    return faults


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


def digest(secret: str) -> str:
    """What is kept of a token: enough to recognise it, useless to whoever reads the database."""
    return hashlib.sha256(secret.encode()).hexdigest()
