"""Panel papers: drafts with their words, and frozen papers as they were sent."""

from icv.store.papers.tables import PanelPaper, PaperWords

__all__ = ["PanelPaper", "PaperWords"]
