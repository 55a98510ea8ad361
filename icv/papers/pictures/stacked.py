"""Findings: a bar an age, split by state, the longest all across, and what each shade stands for."""

from icv.papers.pictures.bars import GAP, bar_tall, room_beside
from icv.papers.pictures.lettering import width
from icv.papers.pictures.marks import INK, SHADES, Drawn, box, inside, label, legend, shade_of, text
from icv.rules.exhibits.saying import number, number_in_words
from icv.rules.exhibits.shape import Drawing


def stacked(drawing: Drawing) -> Drawn:
    wholes = [sum(number(count) for count in counts) for _, *counts in drawing.points]
    wide, tall = room_beside(list(map(number_in_words, wholes))), bar_tall(len(wholes)) + 4
    most = max(wholes, default=0)
    parts: list[str] = []
    y = 0.0
    for (name, *counts), whole in zip(drawing.points, wholes, strict=True):
        named = label(y, str(name))
        y += named.height + 2
        x = 0.5
        parts += named.parts
        for place, count in enumerate(counts):
            length = (wide - 1) * number(count) / most if most else 0
            parts += _part(x, y, length, tall, count, shade_of(place, len(drawing.labels)))
            x += length
        parts.append(text(x + GAP, y + tall / 2 + 5, number_in_words(whole), bold=True))
        y += tall + GAP
    shades = (
        (SHADES[shade_of(place, len(drawing.labels))], False, state)
        for place, state in enumerate(drawing.labels)
    )
    named = legend(y + 8, shades)
    return Drawn(parts + named.parts, named.height)


def _part(x: float, y: float, long: float, tall: float, count: str | float | None, shade: int) -> list[str]:
    words = number_in_words(count)
    parts = [box(x, y, long, tall, SHADES[shade], INK)] if number(count) else []
    if number(count) and long > width(words, bold=True) + 4:
        parts.append(inside(x, y, long, tall, words, shade, bold=True))
    return parts
