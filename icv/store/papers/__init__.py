"""Panel papers: drafts with their words, and frozen papers as they were sent."""

from icv.store.papers.adding import add_draft
from icv.store.papers.drafts import Draft, DraftLine, draft, draft_of, drafts, held_draft, words_over
from icv.store.papers.frozen import (
    FrozenLine,
    FrozenPaper,
    frozen_paper,
    frozen_papers,
    how_many_frozen,
    keep_others_from_freezing,
    paper_seen_by,
    references_given,
    standing_for,
)
from icv.store.papers.tables import PanelPaper, PaperWords

__all__ = [
    "Draft",
    "DraftLine",
    "FrozenLine",
    "FrozenPaper",
    "PanelPaper",
    "PaperWords",
    "add_draft",
    "draft",
    "draft_of",
    "drafts",
    "frozen_paper",
    "frozen_papers",
    "held_draft",
    "how_many_frozen",
    "keep_others_from_freezing",
    "paper_seen_by",
    "references_given",
    "standing_for",
    "words_over",
]
