"""Marks: the boxes, lines and words that every picture is made of. None holds a style attribute."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from icv.papers.pictures.lettering import SIZE, fitted, lines

WIDTH = 320
"""Of a phone's screen nearly all, so that words are as large there as those of the page."""
SHOWN = 1.3
"""So many times larger where there is room."""
INK, QUIET, LINE, PALE = "#101d21", "#47575c", "#c3cfd1", "#f0f5f5"
TEAL, RED, WHITE = "#0b6570", "#b3261e", "#ffffff"
SHADES = ("#e3eff0", "#c5d5d7", "#a7babf", "#8aa0a6", "#56737c", "#32535e", "#0e3340")
DARK_FROM = 4
"""Light to dark, one for each state of a finding; from this one on, numbers are white."""
LINE_TALL = 18


@dataclass(frozen=True, slots=True)
class Drawn:
    parts: list[str]
    height: float


def svg(drawn: Drawn, *, key: str, title: str, said: str) -> str:
    name = escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {rounded(drawn.height)}" '
        f'width="{WIDTH * SHOWN:.0f}" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="sans-serif" font-size="{SIZE}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f"{''.join(drawn.parts)}</svg>"
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, colour: str = INK
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{rounded(x)}" y="{rounded(y)}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{escape(words)}</text>"
    )


def dot(x: float, y: float) -> str:
    return f'<circle cx="{rounded(x)}" cy="{rounded(y)}" r="4" fill="{TEAL}"/>'


def box(
    x: float, y: float, wide: float, tall: float, fill: str, edge: str = "none", *, dashed: bool = False
) -> str:
    dashes = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<rect x="{rounded(x)}" y="{rounded(y)}" width="{rounded(wide)}" height="{rounded(tall)}" '
        f'fill="{fill}" stroke="{edge}"{dashes}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    start, end = f"{rounded(x1)} {rounded(y1)}", f"{rounded(x2)} {rounded(y2)}"
    return f'<path d="M{start}L{end}" stroke="{colour}" stroke-width="1.5"{dashes}/>'


def label(y: float, words: str, room: float = WIDTH) -> Drawn:
    """The name of what is drawn beneath it, from `y` down, in as many lines as it needs."""
    broken = lines(words, room)
    return Drawn(
        [text(0, y + 14 + row * LINE_TALL, one) for row, one in enumerate(broken)], len(broken) * LINE_TALL
    )


def legend(y: float, marks: Iterable[tuple[str, bool, str]]) -> Drawn:
    """What each (fill, dashed outline?, words) stands for, a line each."""
    parts: list[str] = []
    for fill, dashed, words in marks:
        parts += [
            box(0.5, y + 1, 15, 15, fill, INK, dashed=dashed),
            text(26, y + 14, fitted(words, WIDTH - 26)),
        ]
        y += 24
    return Drawn(parts, y)


def inside(x: float, y: float, wide: float, tall: float, words: str, shade: int, *, bold: bool) -> str:
    colour = WHITE if shade >= DARK_FROM else INK
    return text(x + wide / 2, y + tall / 2 + 5, words, anchor="middle", bold=bold, colour=colour)


def shade_of(place: int, places: int) -> int:
    """The shade of the place-th of so many, from light to dark."""
    return min(place * (len(SHADES) - 1) // max(places - 1, 1), len(SHADES) - 1)


def rounded(number: float) -> str:
    """A coordinate, to a tenth and no longer."""
    return f"{number:.1f}".removesuffix(".0")
