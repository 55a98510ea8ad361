"""Vetting of everybody for the coordinator: the board, acts on many at once, and who read one person's."""

from icv.web.vetting import board, deciding, readings, several
from icv.web.vetting.blueprint import bp

__all__ = ["board", "bp", "deciding", "readings", "several"]
