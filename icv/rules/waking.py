"""When letters that are not urgent go out: by day."""

from datetime import datetime, time, timedelta

from icv.rules.days import from_wall_clock, london

FIRST, LAST = time(8), time(20)
"""London wall-clock time, the first included and the last not."""


def is_waking(at: datetime) -> bool:
    return FIRST <= london(at).time() < LAST


def next_waking(at: datetime) -> datetime:
    """The same moment by day; by night, eight in the morning that follows."""
    if is_waking(at):
        return at
    wall = london(at)
    day = wall.date() if wall.time() < FIRST else wall.date() + timedelta(days=1)
    return from_wall_clock(datetime.combine(day, FIRST))
