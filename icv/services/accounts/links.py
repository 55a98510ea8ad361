"""One-time links: made and used up."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services.accounts.digests import digest
from icv.store.accounts import LinkPurpose, OneTimeLink
from icv.store.trail import note

LINK_LASTS = {
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.SIGN_IN: timedelta(days=1),
    LinkPurpose.NEW_PASSWORD: timedelta(hours=2),
    LinkPurpose.SET_UP: timedelta(days=1),
}


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
