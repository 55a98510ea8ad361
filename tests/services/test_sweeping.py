"""Sweeping: what expired goes, nothing else."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services.sweeping import sweep
from icv.store.accounts import Attempt, LinkPurpose, OneTimeLink, SignIn
from tests.workshop import NOW, Workshop

DAY = timedelta(days=1)


def test_sweeping_takes_what_expired_and_nothing_else(session: Session, make: Workshop) -> None:
    account = make.account()
    for name, expires_at in (("over", NOW), ("running", NOW + DAY), ("long over", NOW - 31 * DAY)):
        session.add(SignIn(account_id=account.id, token_digest=name, began_at=NOW, expires_at=expires_at))
        session.add(
            OneTimeLink(
                account_id=account.id,
                purpose=LinkPurpose.SIGN_IN,
                token_digest=name,
                made_at=NOW,
                expires_at=expires_at,
            )
        )
    for at in (NOW, NOW - DAY):
        session.add(Attempt(account_digest="a", address_digest="b", at=at))
    session.flush()
    sweep(session, at=NOW)
    assert session.scalars(sa.select(SignIn.token_digest)).all() == ["running"]
    assert sorted(session.scalars(sa.select(OneTimeLink.token_digest))) == ["over", "running"]
    assert session.scalars(sa.select(Attempt.at)).all() == [NOW]
