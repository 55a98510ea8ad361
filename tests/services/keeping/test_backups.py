"""Backups: a drill on real databases with people writing meanwhile, and every way one is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from icv.config import Config
from icv.services.keeping import KeepingError, backup, restore
from icv.services.trail import verify
from icv.store.engine import reading
from icv.store.everything import METADATA
from icv.store.keeping import Event, last_time
from icv.store.scheme import Team
from icv.store.trail import TrailEntry
from tests.services.keeping.installation import CHANGED_BY_RESTORING, content, wipe
from tests.workshop import NOW

WRITER = """
import sys, time
from datetime import UTC, datetime
from icv.store import everything
from icv.store.engine import open_engine, writing
from icv.store.scheme import Team
from icv.store.trail import note
engine = open_engine(sys.argv[1])
for number in range(100_000):
    began = time.monotonic()
    with writing(engine) as session:
        session.add(Team(name=f"Team {number}"))
        session.flush()
        note(session, "added", "team", number, by=None, at=datetime.now(UTC))
        session.commit()
    print(number, flush=True)
    time.sleep(time.monotonic() - began)
"""
"""It leaves half the time to others: on a slow disk a writer that never pauses keeps SQLite's only lock."""


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from icv.config import Config
from icv.services.keeping import backups
die = lambda address, file: os.kill(os.getpid(), signal.SIGKILL)
backups.KINDS = {name: SimpleNamespace(copy=die) for name in backups.KINDS}
config = Config(sys.argv[1], "k" * 40, "http://127.0.0.1:5000", 0, None)
backups.backup(config, Path(sys.argv[2]), at=datetime.now(UTC))
"""


def test_the_drill_back_up_under_writes_wipe_restore_compare(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    before_writing = content(filled, without={*CHANGED_BY_RESTORING, "teams"})
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, config.database_url], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _ in range(20):
        writer.stdout.readline()
    backup(config, folder / "busy", at=NOW)
    with reading(filled) as session:
        written_by_then = session.scalar(sa.select(sa.func.count()).select_from(Team)) or 0
    while int(writer.stdout.readline()) <= written_by_then:
        assert writer.poll() is None, "nobody was stopped"
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
        assert 20 <= teams <= written_by_then
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


def test_a_backup_that_is_killed_never_bears_the_name_of_one(config: Config, folder: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, config.database_url, str(folder / "copy")])
    assert killed.returncode == -9
    assert not (folder / "copy").exists()
    backup(config, folder / "copy", at=NOW)


def test_a_backup_into_no_folder_says_so(config: Config, folder: Path) -> None:
    with pytest.raises(KeepingError, match="There is no folder"):
        backup(config, folder / "nowhere" / "copy", at=NOW)


def test_a_backup_that_fails_leaves_nothing(config: Config, folder: Path) -> None:
    wipe(config)
    with pytest.raises(KeepingError):
        backup(config, folder / "copy", at=NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("upgraded_url", ["postgres"], indirect=True)
def test_without_its_programs_postgresql_is_refused_plainly(
    config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(KeepingError, match=r"pg_dump was not found\. Install PostgreSQL's client programs"):
        backup(config, folder / "copy", at=NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("upgraded_url", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    "said",
    [
        "pg_dump: error: aborting because of server version mismatch\n"
        "pg_dump: detail: server version: 18.4; pg_dump version: 15.18",
        "pg_restore: error: unsupported version (1.16) in file header",
    ],
)
def test_programs_older_than_the_server_or_the_file_are_told_of(
    config: Config, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    programs = tmp_path / "older"
    programs.mkdir()
    (programs / "pg_dump").write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    with pytest.raises(KeepingError, match=r"of the server's version or newer, and try again\.$"):
        backup(config, folder / "copy", at=NOW)
    assert list(folder.iterdir()) == []
