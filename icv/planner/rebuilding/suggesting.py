"""An answer at once, by no solver."""

from icv.planner.rebuilding.asking import Rebuilding, Rebuilt
from icv.planner.rebuilding.table import Table


def suggest(asked: Rebuilding) -> Rebuilt:
    """An answer at once: each place given up goes to the lightest loaded who may simply take it; only where
    there is nobody does somebody move from another visit, and then as few as can be. The same question gives
    the same answer. Raises BadProblem for what does not fit together."""
    table = Table(asked)
    return table.told(table.mended())
