"""Bars, each under its name and before its number: shares of a target, plain counts, stages of a round."""

from collections.abc import Iterable, Sequence

from icv.papers.pictures.lettering import width
from icv.papers.pictures.marks import (
    INK,
    LINE,
    PALE,
    QUIET,
    TEAL,
    WHITE,
    WIDTH,
    Drawn,
    box,
    label,
    line,
    text,
)
from icv.rules.exhibits.saying import days_in_words, number, number_in_words
from icv.rules.exhibits.shape import Drawing

MANY = 12
"""Of more bars than these each is lower."""
GAP = 10


def completion(drawing: Drawing) -> Drawn:
    counts = [f"{number_in_words(done)} of {number_in_words(whole)}" for _, done, whole in drawing.points]
    wide, tall = room_beside(counts), bar_tall(len(drawing.points))
    aim = None if drawing.aim is None else max(wide * min(drawing.aim, 100) / 100, 2)
    parts: list[str] = []
    y = 0.0
    for (name, completed, scheduled), count in zip(drawing.points, counts, strict=True):
        done, whole = number(completed), number(scheduled)
        named = label(y, str(name))
        y += named.height + 2
        parts += [*named.parts, box(0, y, wide, tall, PALE, LINE)]
        parts += [box(0, y, wide * min(done / whole, 1) if whole else 0, tall, TEAL)]
        parts += [text(wide + GAP, y + tall / 2 + 5, count, bold=done == whole > 0)]
        parts += _aim(aim, y, tall) if aim is not None else []
        y += tall + GAP
    if aim is not None and drawing.points:
        words = f"target {drawing.aim}%"
        at = min(max(aim, width(words) / 2), WIDTH - width(words) / 2)
        parts.append(text(at, y + 10, words, anchor="middle"))
        y += 20
    return Drawn(parts, y)


def _aim(x: float, y: float, tall: float) -> list[str]:
    """A dark line edged in white, so that it is seen on the bar and beside it."""
    return [box(x - 2, y - 3, 4, tall + 6, WHITE), line(x, y - 3, x, y + tall + 3, INK)]


def bars(drawing: Drawing) -> Drawn:
    return _counted((str(name), count, None) for name, count, *_ in drawing.points)


def funnel(drawing: Drawing) -> Drawn:
    return _counted(
        (str(stage), people, None if days is None else days_in_words(number(days)))
        for stage, people, days in drawing.points
    )


def _counted(rows: Iterable[tuple[str, str | float | None, str | None]]) -> Drawn:
    """Each bar of its count's length, the most all across; what there is beside its name at the right."""
    asked = list(rows)
    most = max((number(count) for _, count, _ in asked), default=0)
    wide, tall = room_beside([number_in_words(count) for _, count, _ in asked]), bar_tall(len(asked))
    parts: list[str] = []
    y = 0.0
    for name, count, beside in asked:
        named = label(y, name, WIDTH - (width(beside) + GAP if beside else 0))
        parts += named.parts
        parts += [text(WIDTH, y + 14, beside, anchor="end", colour=QUIET)] if beside else []
        y += named.height + 2
        length = wide * number(count) / most if most > 0 else 0
        parts += [box(0, y, length, tall, TEAL), line(0, y - 2, 0, y + tall + 2, INK)]
        parts += [text(length + GAP, y + tall / 2 + 5, number_in_words(count), bold=True)]
        y += tall + GAP
    return Drawn(parts, y)


def room_beside(numbers: Sequence[str]) -> float:
    """How long a bar may be before the longest of the numbers."""
    return WIDTH - GAP - max((width(words, bold=True) for words in numbers), default=0)


def bar_tall(rows: int) -> int:
    return 20 if rows <= MANY else 12
