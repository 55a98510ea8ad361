"""Copies of a PostgreSQL database, by its own programs pg_dump, pg_restore and psql."""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from icv.services.keeping.errors import KeepingError
from icv.services.keeping.settling import settle
from icv.store.engine import open_engine, reading
from icv.store.everything import METADATA
from icv.store.migrating import is_known

NAME = "PostgreSQL"
FIRST_BYTES = b"PGDMP"
OURS = (*sorted(METADATA.tables), "alembic_version")
LOCK_SECONDS = 30
_DROP_FUNCTIONS = r"""
DO $$ DECLARE ours regprocedure; BEGIN
    FOR ours IN SELECT oid::regprocedure FROM pg_proc
        WHERE prorettype = 'trigger'::regtype AND proname LIKE 'refuse\_%' AND pg_function_is_visible(oid)
            AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgfoid = pg_proc.oid)
    LOOP EXECUTE 'DROP FUNCTION ' || ours; END LOOP;
END $$;
"""
"""What the tables, gone by now, were held by: a backup of before a step knows nothing of what that step made.
What holds a table of somebody else's stays.
"""


def copy(address: sa.URL, file: Path) -> int:
    """Everything but the queue of jobs, which is no record and is rebuilt."""
    _run(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--exclude-table=huey_*",
        f"--file={file}",
        address=address,
    )
    tables = set(re.findall(r" TABLE DATA \S+ (\S+) ", _run("pg_restore", "--list", str(file))))
    there = _tables(address)
    if "alembic_version" not in there:
        raise KeepingError("The database has no tables of this program. Run `icv upgrade` first.")
    if missing := there - tables:
        raise KeepingError(
            f"The backup lacks tables ({', '.join(sorted(missing)[:3])}) and was not kept: try again."
        )
    return len(tables)


def _tables(address: sa.URL) -> set[str]:
    """Those of the database itself: it may be older than the program, as before an upgrade."""
    engine = open_engine(address.render_as_string(hide_password=False))
    try:
        with reading(engine) as session:
            names = sa.inspect(session.connection()).get_table_names()
    finally:
        engine.dispose()
    return {name for name in names if not name.startswith("huey_")}


def is_copy(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(FIRST_BYTES)) == FIRST_BYTES


def place_aside(address: sa.URL, file: Path, name: str) -> Path:
    """Beside the backup: the database's own folder is on its server."""
    return file.with_name(f"{address.database}.{name}.dump")


def put_back(address: sa.URL, file: Path, at: datetime) -> None:
    _refuse_newer(file)
    with tempfile.TemporaryDirectory(prefix="icv-restoring-") as folder:
        script = Path(folder) / "restore.sql"
        script.write_text("".join(f"DROP TABLE IF EXISTS {table} CASCADE;\n" for table in OURS))
        with script.open("a") as whole:
            whole.write(_DROP_FUNCTIONS)
            whole.write(_run("pg_restore", "--clean", "--if-exists", "--no-owner", "--file=-", str(file)))
        _run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--file={script}",
            address=address,
        )
    settle(address, at)


def _refuse_newer(file: Path) -> None:
    rows = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    stated = re.search(r"^COPY \S+alembic_version .*\n(\w+)$", rows, re.MULTILINE)
    if stated is None:
        raise KeepingError(f"{file} is a PostgreSQL backup, but not of this program's database.")
    if not is_known(stated[1]):
        raise KeepingError(
            f"{file} was made by a newer version of this program. Install that version, then restore it."
        )


def _run(program: str, *arguments: str, address: sa.URL | None = None) -> str:
    """What the program printed. The password goes by the environment: everyone can read a command line."""
    found = shutil.which(program)
    if found is None:
        raise KeepingError(
            f"{program} was not found. Install PostgreSQL's client programs (on Debian: postgresql-client),"
            " of the server's version or newer, and try again."
        )
    environment = os.environ | {"PGOPTIONS": f"-c lock_timeout={LOCK_SECONDS}s"}
    if address is not None:
        environment |= {"PGPASSWORD": str(address.password or "")}
        plain = address.set(drivername="postgresql", password=None)
        arguments = (f"--dbname={plain.render_as_string(hide_password=False)}", *arguments)
    done = subprocess.run(  # noqa: S603 - a program of a fixed name, no shell
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        why = done.stderr.strip().splitlines()
        said = why[-1] if why else "it did not say why"
        raise KeepingError(f"{program} did not succeed: {said}{_of_another_version(done.stderr)}")
    return done.stdout


def _of_another_version(said: str) -> str:
    """What to do where the program is older than the server, or than the one that wrote the file."""
    if "version mismatch" in said or "unsupported version" in said:
        return ". Install client programs of PostgreSQL of the server's version or newer, and try again."
    return ""
