"""Putting a backup back: what is kept aside, what stays over, and every way it is refused."""

import random
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from icv.config import Config
from icv.jobs import Jobs
from icv.services import letters
from icv.services.keeping import KeepingError, backup, restore, sqlite
from icv.store.accounts import LinkPurpose, OneTimeLink, SignIn
from icv.store.engine import open_engine, reading, writing
from icv.store.letters import Letter, LetterState
from icv.store.migrating import current_revision, downgrade, newest_revision, upgrade
from icv.store.scheme import Team
from icv.store.trail import TrailEntry
from tests.services.keeping.installation import content, wipe
from tests.workshop import NOW, Workshop

DAY = timedelta(days=1)


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


def test_the_queue_of_jobs_is_neither_kept_nor_in_the_way(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    Jobs(config, lambda: NOW).close()
    before = content(filled)
    backup(config, folder / "copy", at=NOW)
    filled.dispose()
    restore(config, folder / "copy", force=True, at=NOW)
    assert content(filled) == before
    filled.dispose()
    wipe(config)
    restore(config, folder / "copy", at=NOW)
    assert content(filled) == before
    assert not [name for name in sa.inspect(filled).get_table_names() if name.startswith("huey")]


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
    filled.dispose()
    downgrade(config.database_url, "0001")
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
        "garbled": whole[:100] + random.Random(7).randbytes(len(whole) - 200) + whole[-100:],
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


@pytest.mark.parametrize("upgraded_url", ["sqlite"], indirect=True)
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
