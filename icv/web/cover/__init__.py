"""Cover and swaps for visitors: asking for them, and answering what others ask."""

from icv.web.cover import answering, asking
from icv.web.cover.blueprint import bp

__all__ = ["answering", "asking", "bp"]
