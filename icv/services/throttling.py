"""Throttling of what strangers may send: counted by where it comes from and whom it speaks of, as digests."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.origins import origin
from icv.services.accounts import digest
from icv.store.accounts import Attempt, email_key


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of one kind within the time; `window` is at most a day, after which tries are swept out."""

    what: str
    of_address: int
    of_email: int
    window: timedelta = timedelta(hours=1)


def is_within(session: Session, limit: Limit, *, address: str, email: str = "", at: datetime) -> bool:
    """Counts one more, unless there were too many of its kind from the address or for the e-mail address.

    Kinds are counted apart from each other and from sign-ins: applying locks nobody out.
    """
    by_email = digest(f"{limit.what}, {email_key(email)}")
    by_address = digest(f"{limit.what}, {origin(address)}")
    held = [(Attempt.address_digest, by_address, limit.of_address)]
    if email:
        held.append((Attempt.account_digest, by_email, limit.of_email))
    for column, value, most in held:
        tries = session.scalar(
            sa.select(sa.func.count())
            .select_from(Attempt)
            .where(column == value, Attempt.at > at - limit.window)
        )
        if (tries or 0) >= most:
            return False
    session.add(Attempt(account_digest=by_email, address_digest=by_address, at=at))
    session.flush()
    return True
