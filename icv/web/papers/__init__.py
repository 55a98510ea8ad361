"""Panel papers: the list, drafts and their words, freezing, frozen papers, and restating them."""

from icv.web.papers import downloads, freezing, listing, showing, writing
from icv.web.papers.blueprint import bp

__all__ = ["bp", "downloads", "freezing", "listing", "showing", "writing"]
