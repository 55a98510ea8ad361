"""The database behind a URL: how it is opened, and transactions that say whether they may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

_WRITES = "icv_writes"
PATIENCE_MS = 10_000


def open_engine(url: str) -> sa.Engine:
    """An engine whose every connection keeps foreign keys and, on SQLite, the write-ahead log.

    A write on SQLite begins with BEGIN IMMEDIATE (see `may_write`): reading first and writing later
    in one plain transaction fails as soon as somebody else writes in between.
    """
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, hide_parameters=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the `begin` event says BEGIN, not the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing_engine(engine: sa.Engine) -> sa.Engine:
    """The same engine, every transaction of which begins as one that writes."""
    return engine.execution_options(**{_WRITES: True})


def may_write(session: Session) -> Session:
    """Begins the session's transaction as one that writes. Call before its first statement."""
    session.connection(execution_options={_WRITES: True})
    return session


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """A session that may write; what is not committed inside is rolled back."""
    with Session(engine) as session:
        yield may_write(session)


def can_serve(engine: sa.Engine) -> bool:
    """Whether the database answers and has its tables."""
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT 1 FROM settings LIMIT 1"))
    except sa.exc.DBAPIError:
        return False
    return True
