"""Passwords: hashed, compared, judged and set."""

import secrets
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from icv.services.accounts.digests import digest
from icv.store.accounts import Account, Attempt, SignIn, email_key
from icv.store.trail import note

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 19 MiB: two at a time, however many sign in."""

SHORTEST_PASSWORD = 12


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


def set_password(session: Session, account_id: int, password_hash: str, *, at: datetime) -> None:
    """Sets it and ends every other sign-in of the account: whoever was in with the old one is out."""
    account = session.get_one(Account, account_id)
    account.password_hash = password_hash
    session.execute(sa.delete(SignIn).where(SignIn.account_id == account_id))
    session.execute(sa.delete(Attempt).where(Attempt.account_digest == digest(account.email_key)))
    note(session, "set password", "account", account_id, by=account_id, at=at)
