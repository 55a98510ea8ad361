"""Panel papers: drafting, writing over what the figures say, freezing, and restating."""

from icv.services.papers.live import live_paper

__all__ = ["live_paper"]
