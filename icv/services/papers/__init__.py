"""Panel papers: drafting, writing over what the figures say, freezing, and restating."""

from icv.services.papers.drafting import begin, change_head, discard
from icv.services.papers.errors import PaperError
from icv.services.papers.freezing import freeze, held_for_freezing
from icv.services.papers.live import live_paper
from icv.services.papers.opening import OpenDraft, held, opened
from icv.services.papers.restating import MOST_WHY, restate
from icv.services.papers.writing import (
    MOST_WORDS,
    add_paragraph,
    keep_mine,
    leave_out,
    put_back,
    put_in,
    write_over,
)

__all__ = [
    "MOST_WHY",
    "MOST_WORDS",
    "OpenDraft",
    "PaperError",
    "add_paragraph",
    "begin",
    "change_head",
    "discard",
    "freeze",
    "held",
    "held_for_freezing",
    "keep_mine",
    "leave_out",
    "live_paper",
    "opened",
    "put_back",
    "put_in",
    "restate",
    "write_over",
]
