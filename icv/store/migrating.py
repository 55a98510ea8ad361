"""Bringing a database to the tables of this program, and knowing where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from icv.rules.refusals import Refusal
from icv.store.engine import open_engine
from icv.store.locks import Turn, wait_for

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"
VERSIONS = MIGRATIONS / "versions"


class CannotUpgrade(Refusal):
    """Why a database cannot be brought to this program, and what to do."""


def upgrade(url: str) -> bool:
    """Creates or migrates the database; whether anything had to be done. All steps or none.

    Of several at once, one works and the others wait and find it done. Raises CannotUpgrade for a database
    that a newer program has migrated.
    """
    with _changing(url) as connection:
        return _upgrade(connection)


def downgrade(url: str, revision: str) -> None:
    """Takes steps back, to `revision` or "base". For tests of the steps: data is lost on the way."""
    with _changing(url) as connection:
        command.downgrade(_settings(connection), revision)


@contextmanager
def _changing(url: str) -> Iterator[sa.Connection]:
    """One transaction in which tables change, alone."""
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(icv_writes=True) as connection:
            _loosen_sqlite(connection)
            with connection.begin():
                wait_for(Turn.UPGRADE, connection)
                yield connection
    finally:
        engine.dispose()


def current_revision(connection: sa.Connection) -> str | None:
    """The newest step the database has taken, None where there was none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The newest step this program knows."""
    return _steps().get_revision("head").revision


def is_known(revision: str | None) -> bool:
    """Whether this program knows the step: one it does not know was made by a newer program."""
    return revision in {step.revision for step in _steps().walk_revisions()}


def _upgrade(connection: sa.Connection) -> bool:
    current = current_revision(connection)
    if current == newest_revision():
        return False
    if current is None:
        _refuse_foreign_tables(connection)
    elif not is_known(current):
        raise CannotUpgrade(
            f"The database is at step {current}, which this version does not know: a newer version has"
            " migrated it. Install that version or a later one."
        )
    command.upgrade(_settings(connection), "head")
    _find_broken_links(connection)
    return True


def _refuse_foreign_tables(connection: sa.Connection) -> None:
    """Ours bear no mark before the first step; anything of those names is somebody else's."""
    taken = {"accounts", "people", "trail"} & set(sa.inspect(connection).get_table_names())
    if taken:
        raise CannotUpgrade(
            f"The database already has tables that this program did not make ({', '.join(sorted(taken))})."
            " Give it a database of its own in ICV_DATABASE_URL."
        )


def _loosen_sqlite(connection: sa.Connection) -> None:
    """SQLite changes a table by copying it, which its foreign keys would forbid; checked again at the end."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()  # below SQLAlchemy, which would begin a transaction
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA busy_timeout=120000")
        cursor.close()


def _find_broken_links(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise CannotUpgrade(
                f"The upgrade was undone: a row of {broken[0]} would point at nothing in {broken[2]}."
                " Keep the database as it is and report this."
            )


def _settings(connection: sa.Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(_settings())
