"""A sheet: rows of text under the names of their columns; and why a file is none."""

from dataclasses import dataclass

from icv.rules.refusals import Refusal

MOST_ROWS = 199_999


class SheetUnreadable(Refusal):
    """A file no rows can be read from; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are those with anything in them, numbered as a spreadsheet does; `header` is row 1."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    blank_rows: int
