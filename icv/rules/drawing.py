"""The words of drawing a rota as background work."""

from enum import StrEnum


class DrawState(StrEnum):
    """Stopped ones kept the best rota found until then; failed ones kept nothing."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


AT_WORK = frozenset({DrawState.WAITING, DrawState.RUNNING})
