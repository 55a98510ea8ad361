"""The full copy of everything, made while the service runs, and putting it back."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from icv.config import Config
from icv.services.keeping import postgres, sqlite
from icv.services.keeping.errors import KeepingError
from icv.store.engine import open_engine, reading, writing
from icv.store.everything import foreign_tables, tables_in_use
from icv.store.keeping import Event, happened


@dataclass(frozen=True, slots=True)
class Backup:
    file: Path
    tables: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept_aside` is a backup of what was there before, None where there was nothing."""

    kept_aside: Path | None


class Kind(Protocol):
    """What differs between databases. Every function raises KeepingError with a sentence."""

    NAME: str

    def copy(self, address: sa.URL, file: Path) -> int:
        """Fills an empty file and reads it back; how many tables it holds."""

    def is_copy(self, file: Path) -> bool:
        """Whether the file is of the form that `copy` writes."""

    def put_back(self, address: sa.URL, file: Path, at: datetime) -> None:
        """Replaces everything with what the file holds, or changes nothing."""

    def place_aside(self, address: sa.URL, file: Path, name: str) -> Path:
        """Where what was there before is kept; `file` is the backup being put back."""


KINDS: dict[str, Kind] = {"sqlite": sqlite, "postgresql": postgres}


def backup(config: Config, file: Path, *, at: datetime) -> Backup:
    """Writes one consistent, checked file that only its owner may read. Raises KeepingError.

    Nobody is stopped meanwhile: the file holds what had been committed when it was begun, and is there
    whole or not at all.
    """
    tables = _copy(config, file)
    engine = open_engine(config.database_url)
    with writing(engine) as session:
        happened(session, Event.BACKUP, at)
        session.commit()
    engine.dispose()
    return Backup(file, tables, file.stat().st_size)


def restore(config: Config, file: Path, *, force: bool = False, at: datetime) -> Restored:
    """Puts a backup in the place of everything, brought to this program's tables. Raises KeepingError.

    A database that holds anything is replaced only by `force`, and a backup of it is kept aside first.
    What `settling` says changes on the way: everyone is signed out, no letter of the backup goes out.
    """
    kind, address = _kind(config)
    if not file.is_file():
        raise KeepingError(f"There is no file {file}.")
    if not kind.is_copy(file):
        raise KeepingError(
            f"{file} is not a backup of {kind.NAME}, which ICV_DATABASE_URL names. Restore a file that"
            " `icv backup` made; `icv export` and `icv import` move records between kinds of database."
        )
    aside = None
    foreign, in_use = _tables(config)
    if foreign:
        raise KeepingError(
            f"The database holds tables that this program did not make ({', '.join(foreign[:3])}). Nothing"
            " was changed. Give it a database of its own in ICV_DATABASE_URL."
        )
    if in_use:
        if not force:
            raise KeepingError(
                f"The database holds records already ({', '.join(in_use[:3])}). Nothing was changed. To"
                " replace them, stop the service and add --force: a backup of what is there is kept aside."
            )
        aside = kind.place_aside(address, file, f"before-restore-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        _copy(config, aside)
    kind.put_back(address, file, at)
    return Restored(aside)


def _kind(config: Config) -> tuple[Kind, sa.URL]:
    address = sa.make_url(config.database_url)
    return KINDS[address.get_backend_name()], address


def _tables(config: Config) -> tuple[list[str], list[str]]:
    """Another program's tables, and our own that hold something."""
    engine = open_engine(config.database_url)
    try:
        with reading(engine) as session:
            return foreign_tables(session), tables_in_use(session)
    except sa.exc.DBAPIError as trouble:
        raise KeepingError(
            f"The database cannot be opened: {trouble.orig}. Check ICV_DATABASE_URL."
        ) from trouble
    finally:
        engine.dispose()


def _copy(config: Config, file: Path) -> int:
    kind, address = _kind(config)
    with _arriving_whole(file) as partial:
        return kind.copy(address, partial)


@contextmanager
def _arriving_whole(file: Path) -> Iterator[Path]:
    """An empty file beside `file`, which takes its name when all went well and is gone otherwise."""
    if not file.parent.is_dir():
        raise KeepingError(f"There is no folder {file.parent}. Make it first, or choose another.")
    if os.path.lexists(file):
        raise _taken(file)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)
    except OSError as trouble:
        raise KeepingError(f"{file} cannot be written: {trouble.strerror}.") from trouble
    os.close(descriptor)
    partial = Path(name)
    try:
        yield partial
        _reach_the_disk(partial)
        _take_name(partial, file)
        _reach_the_disk(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def _take_name(partial: Path, file: Path) -> None:
    """A second name for the same file: renaming would replace what somebody else put there meanwhile."""
    try:
        file.hardlink_to(partial)
    except FileExistsError:
        raise _taken(file) from None
    except OSError:  # a file system without second names
        partial.rename(file)


def _taken(file: Path) -> KeepingError:
    return KeepingError(f"{file} is there already and is left as it is. Choose another name.")


def _reach_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
