"""The week: visits by day and band, a number and a shade in each cell, a dashed outline where none."""

from icv.papers.pictures.lettering import fitted, width
from icv.papers.pictures.marks import INK, SHADES, WHITE, WIDTH, Drawn, box, inside, shade_of, text
from icv.rules.exhibits.saying import number, number_in_words
from icv.rules.exhibits.shape import Drawing

LEFT, TOP, TALL = 40, 26, 30


def coverage(drawing: Drawing) -> Drawn:
    wide = (WIDTH - LEFT) / max(len(drawing.labels), 1)
    most = int(max((number(count) for _, *counts in drawing.points for count in counts), default=0))
    parts = [
        text(LEFT + wide * (place + 0.5), 17, _band(name, wide - 2), anchor="middle")
        for place, name in enumerate(drawing.labels)
    ]
    for row, (day, *counts) in enumerate(drawing.points):
        y = TOP + row * TALL
        parts.append(text(0, y + 20, str(day)[:3]))
        for column, count in enumerate(counts):
            parts += _cell(LEFT + column * wide + 2, y + 2, wide - 4, TALL - 4, count, most)
    return Drawn(parts, TOP + len(drawing.points) * TALL + 4)


def _band(name: str, room: float) -> str:
    """06–10; only 06 where many bands leave no room for its end."""
    return name if width(name) <= room else fitted(name.partition("–")[0], room)


def _cell(x: float, y: float, wide: float, tall: float, count: str | float | None, most: int) -> list[str]:
    visits = int(number(count))
    words = fitted("–" if count is None else number_in_words(count), wide, bold=visits > 0)
    if not visits:
        return [
            box(x, y, wide, tall, WHITE, INK, dashed=True),
            inside(x, y, wide, tall, words, 0, bold=False),
        ]
    shade = shade_of(visits - 1, most)
    return [box(x, y, wide, tall, SHADES[shade], INK), inside(x, y, wide, tall, words, shade, bold=True)]
