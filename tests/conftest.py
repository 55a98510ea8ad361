"""What tests share: an empty database of each kind, and the workshop that fills it."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from icv import demo
from icv.store.engine import may_write, open_engine, writing
from icv.store.everything import METADATA
from icv.store.migrating import upgrade
from tests.chromium import chromium, pytest_terminal_summary
from tests.databases import Emptied, own_database, postgres
from tests.thorough import TIMES
from tests.workshop import Workshop

__all__ = ["chromium", "pytest_terminal_summary"]

# How long an example takes says something of the machine: speed is held to by the benchmarks.
settings.register_profile(
    "icv", max_examples=100 * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("icv")


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking through it for rubbish took a twelfth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL for the length of the run, empty."""
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'icv.db'}"


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """A database with all tables and no rows: SQLite, then PostgreSQL."""
    engine = open_engine(request.getfixturevalue(f"{request.param}_url"))
    METADATA.create_all(engine)
    yield engine
    METADATA.drop_all(engine)
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session whose commits end with the test: each test starts empty."""
    with engine.connect().execution_options(icv_writes=True) as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def make(session: Session) -> Workshop:
    return Workshop(session)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own with nothing in it, not even tables: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'icv.db'}"
        return
    with own_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def upgraded_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own with empty tables, as the steps made them: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        file = tmp_path / "icv.db"
        shutil.copyfile(request.getfixturevalue("upgraded_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("upgraded_postgres").lent() as url:
        yield url


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What others are copies of: the steps are taken once a run."""
    file = tmp_path_factory.mktemp("upgraded") / "icv.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_url: str) -> Emptied:
    """The steps are taken once a run."""
    return Emptied(postgres_url)


@pytest.fixture(scope="session")
def created_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What others are copies of: the tables are created once a run."""
    file = tmp_path_factory.mktemp("created") / "icv.db"
    engine = open_engine(f"sqlite:///{file}")
    METADATA.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture
def empty_sqlite(tmp_path: Path, created_sqlite: Path) -> Iterator[sa.Engine]:
    """A file of its own, for tests that commit, crash or copy."""
    file = shutil.copyfile(created_sqlite, tmp_path / "icv.db")
    engine = open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the worked example, loaded now, once for all workers. Copy it; do not change it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file = shared / "example.db"
    with (shared / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            load_example(folder / "example-at-work.db").rename(file)
    return file


def load_example(file: Path) -> Path:
    engine = open_engine(f"sqlite:///{file}")
    METADATA.create_all(engine)
    with writing(engine) as session:
        demo.load(session, at=datetime.now(UTC))
        session.commit()
    engine.dispose()  # the last connection to go folds the journal into the file
    return file


@pytest.fixture
def committed(empty_sqlite: sa.Engine) -> Iterator[Session]:
    with Session(empty_sqlite) as session:
        yield may_write(session)
