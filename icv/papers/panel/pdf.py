"""The paper as a PDF/UA-1, set by the typesetter in a process of its own."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from icv.papers.apart import run_apart
from icv.papers.panel.arranging import Arranged, Figure, Grid, Headed, Numbered, Part, arranged
from icv.papers.panel.drawings import FONT, for_print
from icv.rules.paper import Paper

SOURCE = Path(__file__).with_name("paper.typ")
MOST_SECONDS = 60
_KINDS: dict[type[Part], str] = {Headed: "headed", Numbered: "numbered", Grid: "grid", Figure: "figure"}


def pdf(paper: Paper) -> bytes:
    """The same bytes for the same paper. A letter that no font here has is shown as an empty mark."""
    sent = json.dumps(_told(paper, arranged(paper))).encode()
    words = (str(SOURCE), "--replacing")
    return run_apart("icv.papers.typesetter", *words, sent=sent, seconds=MOST_SECONDS)


def _told(paper: Paper, laid: Arranged) -> dict[str, Any]:
    return asdict(laid) | {
        "title": paper.title,
        "author": paper.author,
        "office": paper.office,
        "marking": paper.marking,
        "foot": paper.reference or "Draft",
        "purpose": paper.purpose,
        "font": FONT,
        "on": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "parts": [_part(part) for part in laid.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    told = asdict(part) | {"is": _KINDS[type(part)]}
    return told | {"svg": for_print(part.svg)} if isinstance(part, Figure) else told
