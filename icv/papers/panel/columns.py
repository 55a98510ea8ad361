"""How wide a table's columns are on paper, and where one too wide for a page is cut in parts."""

from dataclasses import dataclass
from itertools import chain
from textwrap import wrap

from icv.rules.exhibits import Column, Kind, Row, Share, Table

PAGE_CM = 17.0
"""A4 between margins of 2 cm."""
_HEADING_LINES = 3
_SIGN_CM, _GAP_CM = 0.2, 0.5
_LONGEST_WORD, _LONGEST_WORDS, _LONGEST_NUMBER = 18, 60, 24
"""In signs. A longer word is broken; a longer name or text runs over several lines where space is short."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Some columns of a table, by their place in it, that stand side by side on a page; widths in cm."""

    places: tuple[int, ...]
    name_cm: float
    widths_cm: tuple[float, ...]


def cuts(table: Table) -> tuple[Cut, ...]:
    """One where all fits. The rows' names stand in each."""
    name_cm, wished_cm = _wanted([table.corner, *(row.name for row in _rows(table))], "", _LONGEST_WORDS)
    found: list[list[int]] = [[]]
    left = PAGE_CM - name_cm
    lines = [printed(row) for row in _rows(table)]
    wanted = [
        _wanted_of(column, [line[place] for line in lines]) for place, column in enumerate(table.columns)
    ]
    for place, (narrow, _) in enumerate(wanted):
        if narrow > left and found[-1]:
            found.append([])
            left = PAGE_CM - name_cm
        found[-1].append(place)
        left -= narrow
    return tuple(_cut(places, [(name_cm, wished_cm), *(wanted[n] for n in places)]) for places in found)


def printed(row: Row) -> tuple[str, ...]:
    """Its cells in words; n of N is never broken over two lines."""
    return tuple(
        words.replace(" of ", "\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}") if isinstance(cell, Share) else words
        for cell, words in zip(row.cells, row.words, strict=True)
    )


def _cut(places: list[int], wanted: list[tuple[float, float]]) -> Cut:
    """What space is left goes to columns whose texts would else be broken, to those that need least first."""
    widths = [narrow for narrow, _ in wanted]
    left = PAGE_CM - sum(widths)
    for place, (narrow, wide) in sorted(enumerate(wanted), key=lambda one: one[1][1] - one[1][0]):
        more = max(min(wide - narrow, left), 0)
        widths[place] = round(narrow + more, 2)
        left -= more
    return Cut(tuple(places), widths[0], tuple(widths[1:]))


def _rows(table: Table) -> list[Row]:
    return [*table.rows, table.total] if table.total else list(table.rows)


def _wanted_of(column: Column, texts: list[str]) -> tuple[float, float]:
    most = _LONGEST_WORDS if column.kind is Kind.WORDS else _LONGEST_NUMBER
    return _wanted(texts, column.heading, most)


def _wanted(texts: list[str], heading: str, most: int) -> tuple[float, float]:
    """In cm: so that no word is broken and a heading not into many lines; and so that no text is broken."""
    words = chain.from_iterable(text.split(" ") for text in texts)
    narrow = min(max((_longest_line(heading), *map(len, words))), _LONGEST_WORD)
    whole = min(max(map(len, texts), default=0), most)
    return _cm(narrow), _cm(max(narrow, whole))


def _longest_line(heading: str) -> int:
    """In as few signs as three lines take."""
    fewest = max(1, len(heading) // _HEADING_LINES, *map(len, heading.split(" ")))
    for signs in range(fewest, min(len(heading), _LONGEST_WORD)):
        if len(wrap(heading, signs, break_on_hyphens=False)) <= _HEADING_LINES:
            return signs
    return len(heading)


def _cm(signs: int) -> float:
    return max(signs, 4) * _SIGN_CM + _GAP_CM
