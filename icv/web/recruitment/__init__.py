"""Recruitment for the coordinator: rounds with their funnel, and the board of the pipeline."""

from icv.web.recruitment import pipeline, rounds
from icv.web.recruitment.blueprint import bp

__all__ = ["bp", "pipeline", "rounds"]
