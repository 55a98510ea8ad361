"""The quality binder kept: its list of criteria, and the word on each."""

from icv.services.quality.composing import NO_AWARD, binder_paper, levels_drawn, levels_table
from icv.services.quality.errors import QualityError
from icv.services.quality.judging import judge
from icv.services.quality.listing import (
    add_beginning,
    add_criteria,
    change_criterion,
    move_criterion,
    remove_criterion,
)

__all__ = [
    "NO_AWARD",
    "QualityError",
    "add_beginning",
    "add_criteria",
    "binder_paper",
    "change_criterion",
    "judge",
    "levels_drawn",
    "levels_table",
    "move_criterion",
    "remove_criterion",
]
