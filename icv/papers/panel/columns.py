"""How wide a table's columns are on paper, and where one too wide for a page is cut in parts."""

from dataclasses import dataclass, replace
from itertools import chain
from textwrap import wrap

from icv.rules.exhibits import Column, Kind, Row, Share, Table

PAGE_CM = 17.0
"""A4 between margins of 2 cm."""
_HEADING_LINES = 3
_LONGEST_WORD, _LONGEST_WORDS, _LONGEST_NUMBER = 18, 60, 24
"""In signs. A longer word is broken; a longer name or text runs over several lines where space is short."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide a page is, and what a sign takes on it, in cm; `gap_cm` is between columns.

    Where it `breaks_totals`, a share in the last line may run over two: a line for each suite shall not.
    """

    page_cm: float
    letter_cm: float
    digit_cm: float
    gap_cm: float
    breaks_totals: bool = False

    def cm(self, signs: int, sign_cm: float) -> float:
        return max(signs, 4) * sign_cm + self.gap_cm


BODY = Measure(PAGE_CM, 0.2, 0.2, 0.5)
ANNEX = Measure(25.7, 0.185, 0.14, 0.3, breaks_totals=True)
"""A4 lying, in type and between columns as close as in `word_styles.xml`, which is the wider font."""
UPRIGHT_ANNEX = replace(ANNEX, page_cm=PAGE_CM)


@dataclass(frozen=True, slots=True)
class Cut:
    """Some columns of a table, by their place in it, that stand side by side on a page; widths in cm."""

    places: tuple[int, ...]
    name_cm: float
    widths_cm: tuple[float, ...]


def cuts(table: Table, measure: Measure = BODY) -> tuple[Cut, ...]:
    """One where all fits. The rows' names stand in each."""
    names = _names_wanted(table, measure)
    found: list[list[int]] = [[]]
    left = measure.page_cm - names[0]
    lines = [printed(row) for row in _rows(table)]
    wanted = [
        _wanted_of(column, [line[place] for line in lines], measure, has_total=table.total is not None)
        for place, column in enumerate(table.columns)
    ]
    for place, (narrow, _) in enumerate(wanted):
        if narrow > left and found[-1]:
            found.append([])
            left = measure.page_cm - names[0]
        found[-1].append(place)
        left -= narrow
    return tuple(_cut(places, [names, *(wanted[n] for n in places)], measure.page_cm) for places in found)


def printed(row: Row) -> tuple[str, ...]:
    """Its cells in words; n of N is never broken over two lines."""
    return tuple(
        words.replace(" of ", "\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}") if isinstance(cell, Share) else words
        for cell, words in zip(row.cells, row.words, strict=True)
    )


def _cut(places: list[int], wanted: list[tuple[float, float]], page_cm: float) -> Cut:
    """What space is left goes to columns whose texts would else be broken, to those that need least first."""
    widths = [narrow for narrow, _ in wanted]
    left = page_cm - sum(widths)
    for place, (narrow, wide) in sorted(enumerate(wanted), key=lambda one: one[1][1] - one[1][0]):
        more = max(min(wide - narrow, left), 0)
        widths[place] = round(narrow + more, 2)
        left -= more
    return Cut(tuple(places), widths[0], tuple(widths[1:]))


def _rows(table: Table) -> list[Row]:
    return [*table.rows, table.total] if table.total else list(table.rows)


def _names_wanted(table: Table, measure: Measure) -> tuple[float, float]:
    names = [table.corner, *(row.name for row in _rows(table))]
    narrow, wide = _longest_word(names), min(max(map(len, names)), _LONGEST_WORDS)
    return measure.cm(narrow, measure.letter_cm), measure.cm(max(narrow, wide), measure.letter_cm)


def _wanted_of(column: Column, texts: list[str], measure: Measure, *, has_total: bool) -> tuple[float, float]:
    """In cm: so that no word is broken and a heading not into many lines; and so that no text is broken."""
    is_words = column.kind is Kind.WORDS
    sign_cm = measure.letter_cm if is_words else measure.digit_cm
    heading_cm = measure.cm(min(_longest_line(column.heading), _LONGEST_WORD), measure.letter_cm)
    narrow_cm = max(heading_cm, measure.cm(_longest_word(texts), sign_cm))
    whole = texts[:-1] if has_total and measure.breaks_totals else texts
    most = _LONGEST_WORDS if is_words else _LONGEST_NUMBER
    return narrow_cm, max(narrow_cm, measure.cm(min(max(map(len, whole), default=0), most), sign_cm))


def _longest_word(texts: list[str]) -> int:
    words = chain.from_iterable(text.split(" ") for text in texts)
    return min(max(map(len, words), default=0), _LONGEST_WORD)


def _longest_line(heading: str) -> int:
    """In as few signs as three lines take."""
    fewest = max(1, len(heading) // _HEADING_LINES, *map(len, heading.split(" ")))
    for signs in range(fewest, min(len(heading), _LONGEST_WORD)):
        if len(wrap(heading, signs, break_on_hyphens=False)) <= _HEADING_LINES:
            return signs
    return len(heading)
