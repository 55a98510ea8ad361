"""Drawing to proof with a solver: known to the planner's own process alone."""

from icv.planner.solving.drawing import better, draw

__all__ = ["better", "draw"]
