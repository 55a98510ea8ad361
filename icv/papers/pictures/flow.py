"""Membership: from those at the start, by those who joined and left, to those at the end."""

from icv.papers.pictures.bars import GAP, room_beside
from icv.papers.pictures.lettering import width
from icv.papers.pictures.marks import (
    INK,
    QUIET,
    SHADES,
    TEAL,
    WHITE,
    WIDTH,
    Drawn,
    box,
    label,
    legend,
    line,
    text,
)
from icv.rules.exhibits.saying import flow_in_words, number
from icv.rules.exhibits.shape import Drawing

STEPS = ("At the start", "Joined", "Left", "At the end")
TALL = 20


def flow(drawing: Drawing) -> Drawn:
    """All teams as a waterfall, then each of several teams as a bar."""
    balances = [[int(number(count)) for count in counts] for _, *counts in drawing.points]
    whole = [sum(column) for column in zip(*balances, strict=True)]
    if not whole:
        return Drawn([], 0)
    if len(balances) == 1:
        return _waterfall(*whole)
    return _teams(drawing, _waterfall(*whole))


def _waterfall(opening: int, joined: int, left: int, closing: int) -> Drawn:
    start = max(map(width, STEPS)) + GAP
    words = (f"{opening:,}", f"+{joined:,}" if joined else "0", f"−{left:,}" if left else "0", f"{closing:,}")
    room = WIDTH - start - GAP - max(width(one, bold=True) for one in words)
    scale = room / max(opening + joined, 1)
    spans = ((0, opening), (opening, joined), (closing, left), (0, closing))
    fills = ((TEAL, False), (SHADES[2], False), (WHITE, True), (TEAL, False))
    parts = [line(start, 0, start, len(STEPS) * (TALL + 6), INK)]
    for row, (step, word, (begin, many), (fill, dashed)) in enumerate(
        zip(STEPS, words, spans, fills, strict=True)
    ):
        y = row * (TALL + 6) + 3
        x, length = start + begin * scale, many * scale
        parts += [text(0, y + 15, step), text(x + length + GAP, y + 15, word, bold=True)]
        parts += [box(x, y, length, TALL, fill, INK, dashed=dashed)] if many else []
    return Drawn(parts, len(STEPS) * (TALL + 6) + 4)


def _teams(drawing: Drawing, fallen: Drawn) -> Drawn:
    most = max(max(number(opening) + number(joined) for _, opening, joined, *_ in drawing.points), 1)
    wide = room_beside([flow_in_words(point) for point in drawing.points])
    y = fallen.height + 14
    parts = [*fallen.parts]
    for point in drawing.points:
        team, _, _, left, closing = point
        named = label(y, str(team))
        y += named.height + 2
        stay, gone = wide * number(closing) / most, wide * number(left) / most
        parts += [*named.parts, box(0, y, stay, 14, TEAL)]
        parts += [box(stay, y, gone, 14, WHITE, INK, dashed=True)] if gone else []
        parts += [text(stay + gone + GAP, y + 12, flow_in_words(point), colour=QUIET)]
        y += 14 + GAP
    named = legend(y + 6, [(TEAL, False, "Members at the end"), (WHITE, True, "Those who left")])
    return Drawn(parts + named.parts, named.height)
