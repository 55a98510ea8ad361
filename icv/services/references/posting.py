"""The letters that ask a referee, as they are put in the post: each with a link of its own."""

import secrets
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY, midnight
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.accounts import digest
from icv.services.references.wording import Asking
from icv.store.people import Person, Referee
from icv.store.references import ReferenceLink

AddressOf = Callable[[str], str]
"""Gives the full web address of the page on which the holder of a token answers."""

TOKEN_BYTES = 32


def with_link(
    session: Session, person: Person, referee: Referee, address_of: AddressOf, at: datetime
) -> tuple[Asking, str]:
    """What a letter speaks of, and the digest of its new link. All links of a referee run out together."""
    assert referee.fails_on is not None  # noqa: S101  set with asked_at
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = midnight(referee.fails_on + ONE_DAY)
    session.execute(
        sa.update(ReferenceLink).where(ReferenceLink.referee_id == referee.id).values(expires_at=expires_at)
    )
    session.add(
        ReferenceLink(referee_id=referee.id, token_digest=digest(token), made_at=at, expires_at=expires_at)
    )
    return Asking(referee.name, person.name, referee.fails_on, address_of(token)), digest(token)


def post(
    session: Session,
    purpose: str,
    referee: Referee,
    worded: tuple[str, str],
    token_digest: str,
    at: datetime,
) -> None:
    """A letter that holds a way in is a security letter: not kept once sent, and never sent on by hand."""
    subject, body = worded
    letters.write(
        session,
        purpose,
        f"referee {referee.id}, link {token_digest[:16]}",
        referee.email,
        subject,
        body,
        at=at,
        is_security=True,
        not_before=next_waking(at),
    )
