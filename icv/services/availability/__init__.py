"""What visitors say of when they can visit, days on which they cannot, and the calls that ask them."""

from icv.services.availability.answering import none_to_add, nothing_to_add
from icv.services.availability.away import DutiesTouched, add_days_away, remove_days_away
from icv.services.availability.calls import (
    ask_visitors,
    chase_by_hand,
    chase_calls,
    give_longer,
)
from icv.services.availability.errors import AvailabilityError
from icv.services.availability.newcomers import ask_newcomers
from icv.services.availability.pattern import give

__all__ = [
    "AvailabilityError",
    "DutiesTouched",
    "add_days_away",
    "ask_newcomers",
    "ask_visitors",
    "chase_by_hand",
    "chase_calls",
    "give",
    "give_longer",
    "none_to_add",
    "nothing_to_add",
    "remove_days_away",
]
