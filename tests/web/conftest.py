"""The application over a database of its own, and a browser for each role."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.app import create_app
from icv.config import Config
from icv.rules.access import Role
from icv.store.engine import open_engine, writing_engine
from icv.store.everything import METADATA
from icv.web.db import db
from tests.web.browser import Browser, signed_in_as
from tests.workshop import NOW, Workshop

EMPTY = [f'DELETE FROM "{table.name}"' for table in reversed(METADATA.sorted_tables)]
"""Written out, for this is done before every test."""


class Clock:
    """The time of the application, moved by the test."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(scope="session")
def app_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    path = tmp_path_factory.mktemp("web") / "icv.db"
    config = Config(
        f"sqlite:///{path}", "a secret of thirty-two letters, or more", "http://localhost", 0, None
    )
    engine = open_engine(config.database_url)
    METADATA.create_all(engine)
    engine.dispose()
    app = create_app(config, clock=Clock())
    with app.app_context():
        sa.event.listen(db.engine, "connect", _without_waiting_for_the_disk)
    yield app
    with app.app_context():
        db.engine.dispose()


def _without_waiting_for_the_disk(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(app_of_the_run: Flask) -> Flask:
    """The application over an empty database."""
    app_of_the_run.extensions["icv_clock"].at = NOW
    with app_of_the_run.app_context():
        engine = db.engine
    with writing_engine(engine).begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for statement in EMPTY:
            connection.exec_driver_sql(statement)
    return app_of_the_run


@pytest.fixture
def clock(app: Flask) -> Clock:
    clock: Clock = app.extensions["icv_clock"]
    return clock


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The test's own session on the application's database, committed before each page."""
    with app.app_context():
        engine = db.engine
    with Session(writing_engine(engine)) as session:
        app.extensions["icv_session_of_the_test"] = session
        yield session
        session.rollback()


@pytest.fixture
def make(session: Session) -> Workshop:
    return Workshop(session)


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A stranger's."""
    return Browser(app)


@pytest.fixture
def browse_as(app: Flask, session: Session, make: Workshop) -> Callable[..., Browser]:
    """browse_as(Role.COORDINATOR) or browse_as(Role.VOLUNTEER, person=person): signed in on this device."""

    def sign_in(*roles: Role, person: object = None) -> Browser:
        account = make.account(*roles)
        if person is not None:
            person.account_id = account.id  # type: ignore[attr-defined]
        return signed_in_as(app, session, account)

    return sign_in
