"""All tables, gathered so that the metadata is whole: for migrations, backups and empty databases."""

from icv.store import (
    accounts,
    availability,
    feeds,
    findings,
    keeping,
    letters,
    people,
    rota,
    scheme,
    suites,
    trail,
    visits,
)
from icv.store.base import Base

SUBJECTS = (
    scheme,
    suites,
    accounts,
    people,
    availability,
    rota,
    visits,
    findings,
    letters,
    trail,
    feeds,
    keeping,
)
METADATA = Base.metadata
