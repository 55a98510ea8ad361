"""A published rota after a drop-out: the places given up are filled with as few other changes as can be.

`suggest` answers at once and needs no solver; `confirming.confirm`, in the planner's own process, says
whether any answer changes fewer places, and gives that one if so.
"""

from icv.planner.rebuilding.asking import Kept, Rebuilding, Rebuilt
from icv.planner.rebuilding.suggesting import suggest
from icv.planner.rebuilding.table import EMPTY, Table

__all__ = ["EMPTY", "Kept", "Rebuilding", "Rebuilt", "Table", "suggest"]
