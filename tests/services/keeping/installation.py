"""An installation to back up: what it holds, as one digest, and losing it all."""

import hashlib
from pathlib import Path

import sqlalchemy as sa

from icv.config import Config
from icv.store.everything import METADATA

CHANGED_BY_RESTORING = {"trail", "sign_ins", "one_time_links", "last_times"}


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
