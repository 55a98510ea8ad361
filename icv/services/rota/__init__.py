"""Rotas: drawn for a period, changed by hand, published, and changed again while visits are to come."""

from icv.services.rota.asking import Asked, locked_in, problem_for
from icv.services.rota.boards import Board, Candidate, board_of
from icv.services.rota.changing import cancel, lock, put
from icv.services.rota.drawing import (
    Built,
    build,
    discard,
    draw,
    new_seed,
    plan_for,
    replace_drafts,
    save_built,
)
from icv.services.rota.publishing import publish
from icv.services.rota.refusals import RotaError

__all__ = [
    "Asked",
    "Board",
    "Built",
    "Candidate",
    "RotaError",
    "board_of",
    "build",
    "cancel",
    "discard",
    "draw",
    "lock",
    "locked_in",
    "new_seed",
    "plan_for",
    "problem_for",
    "publish",
    "put",
    "replace_drafts",
    "save_built",
]
