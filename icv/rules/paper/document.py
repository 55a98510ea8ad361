"""The document: a panel paper as data, from which every form of it is made, and by which it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from icv.rules.days import Period
from icv.rules.exhibits import Drawing, Table


class PaperKind(StrEnum):
    COMMITTEE = "committee"
    ANNUAL = "annual"

    @property
    def words(self) -> str:
        return {"committee": "Committee paper", "annual": "Annual report"}[self.value]


@dataclass(frozen=True, slots=True)
class Heading:
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Numbered where it stands. `is_summary`: one of those that say the period in a few sentences."""

    key: str
    text: str
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """As much of a long table as stands where it is told of; the whole of it stands in the annex.

    `rows` are places of the table's rows, `words` say which they are and how many more there are, and
    `headings` name its columns where they stand beside those of other tables.
    """

    rows: tuple[int, ...]
    words: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabled:
    """`table` is always whole: it is what is written and compared. Without an extract all of it is shown."""

    key: str
    table: Table
    extract: Extract | None = None

    @property
    def shown(self) -> Table:
        """The table as it stands in the body."""
        if self.extract is None:
            return self.table
        rows = tuple(self.table.rows[place] for place in self.extract.rows)
        return replace(
            self.table,
            caption=f"{self.table.caption} ({len(rows):,} of {len(self.table.rows):,})",
            rows=rows,
            note=" ".join(filter(None, (self.extract.words, self.table.note))),
        )


@dataclass(frozen=True, slots=True)
class Pictured:
    """`said` is the drawing in words, for those who cannot see it."""

    key: str
    drawing: Drawing
    said: str


Block: TypeAlias = Heading | Paragraph | Tabled | Pictured


@dataclass(frozen=True, slots=True)
class Restated:
    """The paper this one corrects: it stays as it was sent, beside this."""

    reference: str
    frozen_on: date
    digest: str
    why: str


@dataclass(frozen=True, slots=True)
class Paper:
    """`kind` in words: Committee paper. `dated_on` is the day of the meeting.

    `definitions` are (key of a figure, what it counts), each once. `counts` says how many records of each
    kind the figures were counted from. `reference` is empty until the paper is frozen.
    """

    kind: str
    title: str
    scheme: str
    office: str
    period: Period
    as_of: date
    dated_on: date
    author: str
    marking: str
    purpose: str
    asked: str
    blocks: tuple[Block, ...]
    definitions: tuple[tuple[str, str], ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    restated: Restated | None = None
    reference: str = ""
