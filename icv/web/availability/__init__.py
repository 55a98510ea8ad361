"""A volunteer's own availability: the weekly grid, how often, days away, and calls to answer."""

from icv.web.availability import answering, away, views
from icv.web.availability.blueprint import bp

__all__ = ["answering", "away", "bp", "views"]
