"""The measured databases: made once for a size, a week and a way of making, kept, and measured as a copy."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

from benchmarks.making import make
from benchmarks.scheme_sizes import Size
from icv.config import INSTANCE, ROOT
from icv.store.engine import open_engine, writing
from icv.store.migrating import upgrade

FOLDER = INSTANCE / "bench"
RECIPE = (
    "benchmarks/scheme_sizes.py",
    "benchmarks/making/*.py",
    "icv/rules/report/*.py",
    "migrations/versions/*.py",
)


def copy_to_measure(size: Size, monday: date) -> Path:
    """A copy of its own: measuring signs people in, and writes what that writes."""
    copy = FOLDER / f"measured-{size.name}.db"
    remove(copy)
    shutil.copyfile(_kept(size, monday), copy)
    return copy


def remove(path: Path) -> None:
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        file.unlink(missing_ok=True)


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def _kept(size: Size, monday: date) -> Path:
    path = FOLDER / f"{size.name}-{monday}-{_recipe()}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for older in FOLDER.glob(f"{size.name}-*"):
            older.unlink()
        unfinished = FOLDER / f"{size.name}-unfinished.db"
        _fill(unfinished, size, monday)
        unfinished.rename(path)
    return path


def _fill(path: Path, size: Size, monday: date) -> None:
    print(f"Making {size.name}: {size.what} (once a week) …", flush=True)
    upgrade(url_of(path))
    engine = open_engine(url_of(path))
    with writing(engine) as session:
        make(session, size, monday)
        session.commit()
    engine.dispose()


def _recipe() -> str:
    digest = hashlib.sha256()
    for pattern in RECIPE:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
