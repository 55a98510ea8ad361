"""What is done about recruitment: rounds opened and closed, applications taken in."""

from icv.services.recruitment.rounds import (
    RoundError,
    RoundPlan,
    add_round,
    change_round,
    close_round,
    open_round,
)

__all__ = ["RoundError", "RoundPlan", "add_round", "change_round", "close_round", "open_round"]
