"""What importing asks of each kind of record: what is known of a row, what it may not be, how it is kept."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.exchange.rows import Format, Line, Row, RowError

Named = TypeVar("Named", bound=Any)


@dataclass(frozen=True, slots=True)
class Change(Generic[Row]):
    """A row to be kept; `before` is what is on record under the same reference, None for a new one."""

    row: Row
    before: Row | None


@dataclass(frozen=True, slots=True)
class Author:
    """By which account (None: the command line) and when a file is imported."""

    by: int | None
    at: datetime


class Book(ABC, Generic[Row]):
    """The records of one kind, made once a file: its questions cost no query a row."""

    format: ClassVar[Format[Any]]
    reference: ClassVar[str]
    """The column that `--update` goes by."""
    subject: ClassVar[str]
    """What the trail calls one of these records."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def named(self, lines: list[Line]) -> list[Line]:
        """The lines with references made for those that have none."""
        return lines

    @abstractmethod
    def key(self, cells: Mapping[str, Any]) -> Hashable:
        """What no two rows of a file may share; None where it could not be read."""

    @abstractmethod
    def is_known(self, cells: Mapping[str, Any]) -> bool:
        """Whether the row's reference is on record."""

    @abstractmethod
    def before(self, cells: Mapping[str, Any]) -> Row | None:
        """The row as it is on record, None where it is new."""

    def remembered(self, cells: Mapping[str, Any]) -> Mapping[str, Any]:
        """What stands for the columns that the file does not have."""
        before = self.before(cells)
        return self.format.cells(before) if before else {}

    @abstractmethod
    def errors(self, lines: Sequence[Line]) -> Iterator[RowError]:
        """What the rows may not be beside each other and beside the records."""

    def doubts(self, lines: Sequence[Line]) -> Iterator[RowError]:
        """What is imported with a warning."""
        return iter(())

    @abstractmethod
    def keep(self, changes: Sequence[Change[Row]], author: Author) -> list[int]:
        """Writes new and changed rows, in bulk; gives the ids of the records changed."""


def made_by_name(session: Session, table: type[Named], names: set[str]) -> dict[str, int]:
    """The id of each name in a table of names, those not on record added. A blank name has none."""
    known = set(session.scalars(sa.select(table.name)))
    if new := sorted(names - known - {""}):
        session.execute(sa.insert(table), [{"name": name} for name in new])
    return ids_by(session, table.name, table.id)


def ids_by(session: Session, key: Any, number: Any) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(sa.select(key, number))}


def add(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    """Adds rows in bulk; none at all is fine."""
    if rows:
        session.execute(sa.insert(table), rows)


def change(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    """Changes rows in bulk by the id that each carries; gives these ids."""
    if rows:
        session.execute(sa.update(table), rows)
    return [row["id"] for row in rows]
