"""Sign-ins: begun and ended."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services.accounts.digests import digest
from icv.store.accounts import AccountRole, SignIn
from icv.store.trail import note

OFFICE_SIGN_IN_LASTS = timedelta(hours=12)
VISITOR_SIGN_IN_LASTS = timedelta(days=30)


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
