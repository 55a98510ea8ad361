"""Usual times marked many at once."""

from datetime import time

from icv.rules.timeslots import Grid
from icv.rules.usual import Shortcut, shortcuts, slots_after

GRID = Grid()


def test_evenings_and_weekends_are_added_to_what_is_marked() -> None:
    marked = slots_after(Shortcut.EVENINGS, GRID, {(0, 0)})
    assert marked == {(0, 0), *((day, 3) for day in range(5))}
    assert slots_after(Shortcut.WEEKENDS, GRID, marked) - marked == {
        (day, band) for day in (5, 6) for band in range(5)
    }


def test_any_time_is_all_of_it_and_clearing_leaves_nothing() -> None:
    assert len(slots_after(Shortcut.ANY_TIME, GRID, set())) == GRID.size
    assert slots_after(Shortcut.NONE, GRID, {(0, 0)}) == set()


def test_a_grid_without_evenings_offers_none() -> None:
    halves = Grid((time(0), time(12)))
    assert shortcuts(GRID) == list(Shortcut)
    assert Shortcut.EVENINGS not in shortcuts(halves)
    assert slots_after(Shortcut.EVENINGS, halves, set()) == set()
