"""The document: a panel paper as data, from which every form of it is made, and by which it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Tabled:
    key: str
    table: Table


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
