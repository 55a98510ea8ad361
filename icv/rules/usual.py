"""Usual times of a week that are marked many at once: evenings, weekends, any time."""

from datetime import time
from enum import StrEnum

from icv.rules.timeslots import Grid, Slot

EVENING_FROM, NIGHT_FROM = time(17), time(21)
SATURDAY = 5


class Shortcut(StrEnum):
    EVENINGS = "evenings"
    WEEKENDS = "weekends"
    ANY_TIME = "any time"
    NONE = "none"


def slots_after(shortcut: Shortcut, grid: Grid, marked: set[Slot]) -> set[Slot]:
    """Evenings of weekdays and weekends are marked besides what is marked already."""
    if shortcut is Shortcut.NONE:
        return set()
    if shortcut is Shortcut.ANY_TIME:
        return set(grid.slots())
    if shortcut is Shortcut.WEEKENDS:
        return marked | {(day, band) for day, band in grid.slots() if day >= SATURDAY}
    return marked | {(day, band) for day, band in grid.slots() if day < SATURDAY and is_evening(grid, band)}


def is_evening(grid: Grid, band: int) -> bool:
    """Bands that begin after work and before the night: 18–22 on the usual grid."""
    return EVENING_FROM <= grid.starts[band] < NIGHT_FROM


def shortcuts(grid: Grid) -> list[Shortcut]:
    """Those that mark something on this grid."""
    has_evening = any(is_evening(grid, band) for band in range(len(grid.starts)))
    return [one for one in Shortcut if has_evening or one is not Shortcut.EVENINGS]
