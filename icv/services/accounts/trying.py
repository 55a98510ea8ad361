"""Tries to sign in, and the throttle on guessing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.origins import origin
from icv.services.accounts.digests import digest
from icv.services.accounts.errors import AccountError
from icv.store.accounts import Attempt, account_by_email, email_key

THROTTLE_WINDOW = timedelta(minutes=15)
MOST_TRIES_AN_ACCOUNT = 5
MOST_TRIES_AN_ADDRESS = 30


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


def forget_try(session: Session, attempt: Try) -> None:
    session.execute(sa.delete(Attempt).where(Attempt.id == attempt.attempt_id))
