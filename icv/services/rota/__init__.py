"""Rotas: drawn for a period, changed by hand, published, and changed again while visits are to come."""

from icv.services.rota.asking import Asked, problem_for
from icv.services.rota.background import ask_to_draw, draw_waiting, stop
from icv.services.rota.boards import Board, Candidate, board_of
from icv.services.rota.cells import PLACES, Cell, Seat, cell_of
from icv.services.rota.changing import lock, put, put_all
from icv.services.rota.drafts import lines_of
from icv.services.rota.drawing import (
    Built,
    build,
    discard,
    draw,
    new_seed,
    plan_for,
    save_built,
)
from icv.services.rota.grid import Grid, Load, Row, grid_of
from icv.services.rota.handing import cancel
from icv.services.rota.proving import plan_to_proof, rebuild_to_proof
from icv.services.rota.publishing import held_review, publish
from icv.services.rota.refusals import RotaError
from icv.services.rota.reviewing import Review, review_of

__all__ = [
    "PLACES",
    "Asked",
    "Board",
    "Built",
    "Candidate",
    "Cell",
    "Grid",
    "Load",
    "Review",
    "RotaError",
    "Row",
    "Seat",
    "ask_to_draw",
    "board_of",
    "build",
    "cancel",
    "cell_of",
    "discard",
    "draw",
    "draw_waiting",
    "grid_of",
    "held_review",
    "lines_of",
    "lock",
    "new_seed",
    "plan_for",
    "plan_to_proof",
    "problem_for",
    "publish",
    "put",
    "put_all",
    "rebuild_to_proof",
    "review_of",
    "save_built",
    "stop",
]
