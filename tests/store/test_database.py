"""The database itself: what it refuses, on both kinds."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.accounts import Account
from tests.workshop import NOW, Workshop


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    session.add(
        Account(name="A", email="a@example.org", email_key="a@example.org", made_at=datetime(2026, 1, 1))
    )
    with pytest.raises(sa.exc.StatementError, match="without a time zone"):
        session.flush()


def test_a_time_comes_back_in_utc(session: Session, make: Workshop) -> None:
    account = make.account()
    session.expire_all()
    assert account.made_at == NOW
    assert account.made_at.tzinfo is UTC


def test_one_place_of_a_visit_is_held_once(session: Session, make: Workshop) -> None:
    visit = make.visit(None, make.person())
    with pytest.raises(sa.exc.IntegrityError):
        make.duty(visit, make.person(), place=1)
