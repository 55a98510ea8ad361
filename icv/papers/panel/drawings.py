"""Pictures on paper: in the typesetter's own font, as wide as reads well, and never taller than a page."""

import re
from dataclasses import replace
from math import ceil

from icv.rules.exhibits import Drawing, Picture

FONT = "Libertinus Serif"
"""The only font for text that the typesetter brings with it: pictures are set in it as the words are."""
_WIDEST_CM, _TALLEST_CM = 8.5, 20.0
_WIDTH = re.compile(r' width="[\d.]+"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

_IN_PARTS = frozenset({Picture.COMPLETION, Picture.SIDES})
"""Each of their rows is drawn by itself: rows apart are as long as rows together."""
_MOST_ROWS = 18


def parts_of(drawing: Drawing) -> list[Drawing]:
    """More than one where its rows would be too small to read on one page."""
    if drawing.picture not in _IN_PARTS or len(drawing.points) <= _MOST_ROWS:
        return [drawing]
    parts = ceil(len(drawing.points) / _MOST_ROWS)
    rows = ceil(len(drawing.points) / parts)
    starts = range(0, len(drawing.points), rows)
    return [replace(drawing, points=drawing.points[start : start + rows]) for start in starts]


def for_print(svg: str) -> str:
    """Without a width of its own, to which the typesetter would not fit the height."""
    return _WIDTH.sub("", svg, 1).replace('font-family="sans-serif"', f'font-family="{FONT}"', 1)


def width_cm(svg: str) -> float:
    found = _BOX.search(svg)
    assert found  # noqa: S101  every picture of ours has one
    wide, tall = float(found[1]), max(float(found[2]), 1)
    return round(min(_WIDEST_CM, _TALLEST_CM * wide / tall), 2)
