"""The cohort: cleared visitors week by week, and the number needed as a dashed line."""

from icv.papers.pictures.lettering import fitted, width
from icv.papers.pictures.marks import INK, RED, TEAL, WIDTH, Drawn, dot, line, rounded, text
from icv.rules.exhibits.saying import number, number_in_words
from icv.rules.exhibits.shape import Drawing

TOP, BOTTOM, RIGHT = 56, 180, WIDTH - 6


def cohort(drawing: Drawing) -> Drawn:
    counts = [number(count) for _, count in drawing.points]
    most = max([drawing.aim or 0, 1, *counts])
    left = width(number_in_words(most)) + 10
    step = (RIGHT - left) / max(len(counts) - 1, 1)
    places = [(left + row * step, _height(count, most)) for row, count in enumerate(counts)]
    parts = [line(left, BOTTOM, RIGHT, BOTTOM, INK)]
    parts += [
        text(left - 8, _height(mark, most) + 5, number_in_words(mark), anchor="end") for mark in (0, most)
    ]
    if drawing.aim is not None:
        aim = _height(drawing.aim, most)
        parts += [line(left, aim, RIGHT, aim, RED, dashed=True), line(0, 34, 24, 34, RED, dashed=True)]
        parts += [text(32, 39, f"{number_in_words(drawing.aim)} needed")]
    return Drawn(parts + (_way(drawing, places) if places else []), BOTTOM + 28)


def _way(drawing: Drawing, places: list[tuple[float, float]]) -> list[str]:
    """The line from the first week to the last, both named."""
    path = " ".join(f"{rounded(x)},{rounded(y)}" for x, y in places)
    (first, opening), (last, closing) = drawing.points[0][:2], drawing.points[-1][:2]
    words = f"{number_in_words(opening)} at first, {number_in_words(closing)} at the end"
    half = (RIGHT - places[0][0]) / 2 - 4
    return [
        f'<polyline points="{path}" fill="none" stroke="{TEAL}" stroke-width="3"/>',
        *(dot(*places[0]), dot(*places[-1]), dot(12, 12)),
        text(32, 17, fitted(words, WIDTH - 32, bold=True), bold=True),
        text(places[0][0], BOTTOM + 20, fitted(str(first), half)),
        text(RIGHT, BOTTOM + 20, fitted(str(last), half), anchor="end"),
    ]


def _height(count: float, most: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * count / most
