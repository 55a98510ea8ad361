"""The paper as a PDF/UA-1, set by the typesetter in a process of its own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from icv.papers.apart import run_apart
from icv.papers.panel.arranging import arranged
from icv.papers.panel.columns import PAGE_CM
from icv.papers.panel.drawings import FONT, for_print
from icv.papers.panel.laid import Annex, Arranged, Figure, Grid, Headed, Numbered, Part
from icv.rules.paper import Paper

SOURCE = Path(__file__).with_name("paper.typ")
MOST_SECONDS = 60
_SCALE = 0.9
"""Its font is narrower than the one that columns are measured by."""
_BETWEEN_CM, _NARROWEST_CM = 0.8, 6.0
_MOST_ROWS_BESIDE = 12
_KINDS: dict[type[Part], str] = {Headed: "headed", Numbered: "numbered", Grid: "grid", Figure: "figure"}


def pdf(paper: Paper) -> bytes:
    """The same bytes for the same paper. A letter that no font here has is shown as an empty mark."""
    sent = json.dumps(_told(paper, arranged(paper)), default=_fields).encode()
    words = (str(SOURCE), "--replacing")
    return run_apart("icv.papers.typesetter", *words, sent=sent, seconds=MOST_SECONDS)


def _told(paper: Paper, laid: Arranged) -> dict[str, Any]:
    return _fields(laid) | {
        "title": paper.title,
        "author": paper.author,
        "office": paper.office,
        "marking": paper.marking,
        "foot": paper.reference or "Draft",
        "purpose": paper.purpose,
        "font": FONT,
        "on": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "parts": list(_parts(laid.parts)),
        "annex": _annex(laid.annex) if laid.annex else None,
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return _fields(annex) | {"grids": [_part(grid, scale=1) for grid in annex.grids]}


def _parts(parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """A picture stands beside what follows it where both find room."""
    place = 0
    while place < len(parts):
        left, right = parts[place], parts[place + 1] if place + 1 < len(parts) else None
        room = _room_beside(right) if isinstance(left, Figure) else 0
        if right and room >= _NARROWEST_CM:
            yield {"is": "beside", "left": _part(left, room), "right": _part(right, room)}
            place += 2
        else:
            yield _part(left)
            place += 1


def _room_beside(part: Part | None) -> float:
    match part:
        case Figure():
            return (PAGE_CM - _BETWEEN_CM) / 2
        case Grid() if part.rows and len(part.rows) <= _MOST_ROWS_BESIDE:
            return PAGE_CM - _BETWEEN_CM - sum((part.name_cm, *part.widths_cm)) * _SCALE
    return 0


def _part(part: Part, room: float = PAGE_CM, scale: float = _SCALE) -> dict[str, Any]:
    told = _fields(part) | {"is": _KINDS[type(part)]}
    match part:
        case Figure():
            told |= {"svg": for_print(part.svg), "width_cm": min(part.width_cm, room)}
        case Grid():
            told |= {"widths_cm": [wide * scale for wide in (part.name_cm, *part.widths_cm)]}
    return told


def _fields(whole: Any) -> dict[str, Any]:
    """Not in depth: what they hold is written as it is met, and never copied."""
    return {one.name: getattr(whole, one.name) for one in fields(whole)}
