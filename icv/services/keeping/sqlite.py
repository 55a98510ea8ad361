"""Copies of an SQLite database."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from icv.services.keeping.errors import KeepingError
from icv.services.keeping.settling import settle
from icv.store.migrating import is_known

NAME = "SQLite"
PATIENCE_SECONDS = 10
PAUSE_SECONDS = 0.25
FIRST_BYTES = b"SQLite format 3\x00"


def copy(address: sa.URL, file: Path) -> int:
    """In one step: copying page by page begins anew with every change and never ends while people work."""
    path = Path(address.database or "")
    if not path.is_file():
        raise KeepingError(f"There is no database {path} to back up. `icv upgrade` makes an empty one.")
    try:
        with _opened(path) as database:
            database.execute("VACUUM INTO ?", (str(file),))
            tables = _tables(database)
    except sqlite3.Error as trouble:
        raise KeepingError(f"The backup could not be made: {trouble}. Nothing was kept.") from trouble
    if "alembic_version" not in tables:
        raise KeepingError(f"The database {path} has no tables yet: there is nothing to back up.")
    if _checked(file) != tables:
        raise KeepingError(
            "The backup does not hold every table of the database. Nothing was kept: try again."
        )
    return len(tables)


def is_copy(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(FIRST_BYTES)) == FIRST_BYTES


def place_aside(address: sa.URL, file: Path, name: str) -> Path:
    path = Path(address.database or "")
    return path.with_name(f"{path.name}.{name}")


def put_back(address: sa.URL, file: Path, at: datetime) -> None:
    """Everything that can fail is done to a copy; the database itself then changes in one transaction.

    Its file stays the same one: replacing it below a running service would let that write into the old one.
    """
    if "alembic_version" not in _checked(file):
        raise KeepingError(f"{file} is an SQLite database, but not a backup of this program's.")
    _refuse_newer(file)
    path = Path(address.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".restoring-") as folder:
        copied = Path(folder) / "icv.db"
        shutil.copyfile(file, copied)
        settle(address.set(database=str(copied)), at)
        _checked(copied)
        _replace(path, copied)


def _replace(path: Path, copied: Path) -> None:
    patience = _Patience()
    try:
        # No waiting inside SQLite: `patience` does it, and knows when to stop.
        with _opened(copied) as source, closing(sqlite3.connect(path, timeout=0)) as database:
            source.backup(database, progress=patience.ask, sleep=PAUSE_SECONDS)
    except sqlite3.Error as trouble:
        raise KeepingError(f"The database {path} was not changed: {trouble}.") from trouble


def _tables(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _checked(file: Path) -> set[str]:
    """The tables of a file that was read through and found whole."""
    try:
        with _opened(file) as database:
            (answer,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            tables = _tables(database)
    except sqlite3.Error as trouble:
        answer = str(trouble)
    if answer != "ok":
        raise KeepingError(f"{file} is damaged: {answer}. Use another backup.")
    return tables


def _refuse_newer(file: Path) -> None:
    with _opened(file) as database:
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or not is_known(row[0]):
        raise KeepingError(
            f"{file} was made by a newer version of this program. Install that version, then restore it."
        )


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """An existing file only: plain opening would make an empty database of a missing one."""
    address = f"file:{quote(str(file.resolve()))}?mode=rw"
    with closing(
        sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
    ) as database:
        yield database


class _Patience:
    """Waiting for somebody else's transaction on the database being replaced has an end."""

    def __init__(self) -> None:
        self.tries = 0

    def ask(self, status: int, remaining: int, total: int) -> None:
        self.tries += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if self.tries * PAUSE_SECONDS > PATIENCE_SECONDS:
            raise KeepingError("The database is in use. Nothing was changed: stop the service and try again.")
