"""Rotas: drawn for a period, changed by hand, published, and changed again while visits are to come."""

from icv.services.rota.asking import Asked, problem_for
from icv.services.rota.drawing import Built, build, discard, draw, new_seed, plan_for, save_built
from icv.services.rota.publishing import publish
from icv.services.rota.refusals import RotaError

__all__ = [
    "Asked",
    "Built",
    "RotaError",
    "build",
    "discard",
    "draw",
    "new_seed",
    "plan_for",
    "problem_for",
    "publish",
    "save_built",
]
