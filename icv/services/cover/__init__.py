"""Cover and swaps: asked of several, given to the first who takes it, withdrawn, ended and reminded of."""

from icv.services.cover.agreed import swap_agreed
from icv.services.cover.answering import refuse, take
from icv.services.cover.asking import ask_cover, ask_swap, why_not_ask, withdraw
from icv.services.cover.errors import CoverError
from icv.services.cover.fitting import MaySwap, MayTake, swaps_for, who_may_take
from icv.services.cover.settling import settle_of_duty

__all__ = [
    "CoverError",
    "MaySwap",
    "MayTake",
    "ask_cover",
    "ask_swap",
    "refuse",
    "settle_of_duty",
    "swap_agreed",
    "swaps_for",
    "take",
    "who_may_take",
    "why_not_ask",
    "withdraw",
]
