"""All tables, gathered so that the metadata is whole: for migrations, backups and empty databases."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store import (
    accounts,
    addresses,
    availability,
    comparison,
    courses,
    cover,
    diversity,
    drawing,
    feeds,
    findings,
    keeping,
    letters,
    papers,
    people,
    quality,
    recruitment,
    references,
    rota,
    scheme,
    sealed,
    suites,
    trail,
    training,
    vetting,
    visits,
)
from icv.store.base import Base

SUBJECTS = (
    scheme,
    courses,
    suites,
    accounts,
    people,
    addresses,
    recruitment,
    references,
    training,
    vetting,
    availability,
    rota,
    drawing,
    visits,
    cover,
    sealed,
    findings,
    letters,
    trail,
    feeds,
    keeping,
    papers,
    quality,
    comparison,
    diversity,
)
METADATA = Base.metadata

# What running the program leaves behind even where nobody has entered anything.
TRACES = frozenset({"last_times", "sign_ins", "one_time_links", "attempts", "trail", "trail_seals"})


def foreign_tables(session: Session) -> list[str]:
    """Tables of a database in which this program never made its own: they are another program's."""
    there = sa.inspect(session.connection()).get_table_names()
    return (
        [] if "alembic_version" in there else sorted(name for name in there if not name.startswith("huey_"))
    )


def tables_in_use(session: Session) -> list[str]:
    """Tables that hold what somebody entered, by name; none in a database that is empty or was never made."""
    there = set(sa.inspect(session.connection()).get_table_names())
    return [
        name
        for name, table in sorted(METADATA.tables.items())
        if name in there - TRACES
        and session.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
    ]
