"""Rows on their way into the database: numbered at once, written many at a time, parents first."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.base import Base
from icv.store.everything import METADATA
from icv.store.trail import TrailEntry

MOST_WAITING = 50_000


class Rows:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
        self._waiting: defaultdict[str, defaultdict[tuple[str, ...], list[dict[str, Any]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._number_waiting = 0

    def add(self, record: type[Base], **values: Any) -> int:
        """Its id. What is not given has its default."""
        number = next(self._ids[record.__tablename__])
        self.link(record, id=number, **values)
        return number

    def link(self, record: type[Base], **values: Any) -> None:
        """A row whose key is not a number of its own."""
        self._waiting[record.__tablename__][tuple(values)].append(values)
        self._number_waiting += 1
        if self._number_waiting >= MOST_WAITING:
            self.write()

    def note(self, act: str, subject: str, subject_id: int, *, by: int | None, at: datetime) -> None:
        self.add(
            TrailEntry, act=act, subject=subject, subject_id=subject_id, account_id=by, at=at, details={}
        )

    def write(self) -> None:
        for table in METADATA.sorted_tables:
            for rows in self._waiting[table.name].values():
                self._session.execute(sa.insert(table), rows)
        self._waiting.clear()
        self._number_waiting = 0
