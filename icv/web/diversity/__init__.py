"""Visitors' diversity for the coordinator: counts by day, question by question, beside the county."""

from icv.web.diversity import filling, keeping
from icv.web.diversity.blueprint import bp

__all__ = ["bp", "filling", "keeping"]
