"""What does not go together: the database refuses it, and the log says which rule, never whose values."""

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from icv.store.accounts import Account
from icv.store.engine import open_engine, writing
from icv.store.everything import METADATA
from tests.workshop import NOW


@pytest.mark.parametrize(
    ("changed", "rule"),
    [({}, "email_key"), ({"email_key": "eve@example.org", "name": None}, "name")],
)
def test_no_address_lands_in_the_log(
    app: Flask, empty_url: str, caplog: pytest.LogCaptureFixture, changed: dict[str, str], rule: str
) -> None:
    engine = open_engine(empty_url)
    METADATA.create_all(engine)
    kept = {"name": "Ada", "email": "ada@example.org", "email_key": "ada@example.org", "made_at": NOW}
    with writing(engine) as session:
        session.add(Account(**kept))
        session.flush()
        session.add(Account(**{**kept, **changed}))
        with pytest.raises(sa.exc.IntegrityError) as refused:
            session.flush()
    with app.test_request_context("/"), caplog.at_level(logging.ERROR):
        answer = app.handle_user_exception(refused.value)
    assert isinstance(answer, tuple)
    assert answer[1] == 409
    assert rule in caplog.text
    assert "test_refused_by_database.py" in caplog.text
    assert "example.org" not in caplog.text
    engine.dispose()
