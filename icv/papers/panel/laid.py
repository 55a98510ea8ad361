"""A paper as it is read from top to bottom: what stands in it, numbered, whatever the form."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Headed:
    """`anchor` is its id within the document."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """Paragraphs that follow one another, the first numbered `first`."""

    first: int
    texts: tuple[str, ...]
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or as much of one as fits across a page. `numbers` says which columns are set at the right.

    `beneath` are (what, words): definitions and notes, `what` empty for a note.
    """

    caption: str
    corner: str
    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    name_cm: float
    widths_cm: tuple[float, ...]
    rows: tuple[Line, ...]
    total: Line | None
    beneath: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    anchor: str
    caption: str
    said: str
    svg: str
    width_cm: float


Part: TypeAlias = Headed | Numbered | Grid | Figure


@dataclass(frozen=True, slots=True)
class Annex:
    """Stands behind everything but the ending, on pages of their own; where it `lies`, wider than tall."""

    headed: Headed
    grids: tuple[Grid, ...]
    lies: bool


@dataclass(frozen=True, slots=True)
class Arranged:
    """`contents` is empty where the paper is short. `remarks` stand before everything."""

    details: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    contents: tuple[Headed, ...]
    parts: tuple[Part, ...]
    definitions: tuple[tuple[str, str], ...]
    definitions_headed: Headed
    annex: Annex | None
    ending: tuple[str, ...]
