"""Side by side: ours beside the others', in per cent, one bar beneath the other."""

from icv.papers.pictures.bars import GAP, room_beside
from icv.papers.pictures.marks import INK, SHADES, TEAL, Drawn, box, label, legend, text
from icv.rules.exhibits.saying import number, percent_said
from icv.rules.exhibits.shape import Drawing

TALL = 15
FILLS = (TEAL, SHADES[0])


def sides(drawing: Drawing) -> Drawn:
    most = max((number(share) for _, *pair in drawing.points for share in pair), default=0)
    wide = room_beside([percent_said(share) for _, *pair in drawing.points for share in pair])
    parts: list[str] = []
    y = 0.0
    for name, *pair in drawing.points:
        named = label(y, str(name))
        y += named.height + 2
        parts += named.parts
        for share, fill in zip(pair, FILLS, strict=True):
            length = (wide - 1) * number(share) / most if most else 0
            parts += [box(0.5, y, length, TALL, fill, INK)] if length else []
            parts.append(text(length + GAP, y + 12.5, percent_said(share), bold=fill is TEAL))
            y += TALL + 3
        y += GAP
    named = legend(y + 4, [(fill, False, words) for fill, words in zip(FILLS, drawing.labels, strict=False)])
    return Drawn(parts + named.parts, named.height)
