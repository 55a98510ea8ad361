"""A volunteer's own availability: the weekly grid, how often, and days away."""

from icv.web.availability.views import bp

__all__ = ["bp"]
