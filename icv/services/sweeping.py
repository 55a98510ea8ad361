"""Sweeping out what has expired and serves nobody."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services.keeping.forgetting import forget_numbers
from icv.services.sealed import forget_fallen
from icv.store.accounts import Attempt, OneTimeLink, SignIn
from icv.store.addresses import AddressChange
from icv.store.recruitment import Application

ATTEMPTS_SERVE = timedelta(days=1)  # the throttle looks back minutes
LINKS_EXPLAIN = timedelta(days=30)  # so long an old link is told from one that never was


def sweep(session: Session, *, at: datetime) -> None:
    """Removes expired sign-ins, links that expired long ago, failed sign-ins that no longer throttle,
    drafts of applications that nobody went on with, sealed times of pairs that are none any more, and
    custody numbers that are older than the scheme keeps them.
    """
    session.execute(sa.delete(SignIn).where(SignIn.expires_at <= at))
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.expires_at <= at - LINKS_EXPLAIN))
    session.execute(sa.delete(AddressChange).where(AddressChange.expires_at <= at - LINKS_EXPLAIN))
    session.execute(sa.delete(Attempt).where(Attempt.at <= at - ATTEMPTS_SERVE))
    session.execute(sa.delete(Application).where(Application.sent_at.is_(None), Application.expires_at <= at))
    forget_fallen(session, at=at)
    forget_numbers(session, at=at)
