"""How visits are spread over the week: by timeslot, weekday and weekend, day, evening and night."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import cache

from icv.rules.coverage import Coverage
from icv.rules.figures.shape import SuiteFigures
from icv.rules.timeslots import Grid, Slot

WEEKEND = (5, 6)
WEEK = tuple(range(7))
WORKING_WEEK = tuple(day for day in WEEK if day not in WEEKEND)


class PartOfDay(StrEnum):
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


_EVENING_FROM, _NIGHT_FROM, _DAY_FROM = time(17), time(20), time(5)


@cache
def parts_of_day(grid: Grid) -> tuple[PartOfDay, ...]:
    """Of each band, by when it begins; night is the last one if it begins late, and what begins early.

    Of one band that is the whole day no part can be told.
    """
    return tuple(_part(start, is_last=start == grid.starts[-1]) for start in grid.starts)


def _part(start: time, *, is_last: bool) -> PartOfDay:
    if start < _DAY_FROM or (is_last and start >= _NIGHT_FROM):
        return PartOfDay.NIGHT
    return PartOfDay.EVENING if start >= _EVENING_FROM else PartOfDay.DAY


@cache
def _slots(grid: Grid, days: tuple[int, ...], part: PartOfDay | None) -> tuple[Slot, ...]:
    """On these weekdays, at that part of the day or at any."""
    parts = parts_of_day(grid)
    return tuple((day, band) for day, band in grid.slots() if day in days and part in (None, parts[band]))


@dataclass(frozen=True, slots=True)
class Spread:
    """Visits undertaken, by timeslot; `untimed` are those whose time of arrival is not known."""

    coverage: Coverage
    untimed: int

    @classmethod
    def over(cls, grid: Grid, suites: Iterable[SuiteFigures]) -> "Spread":
        counts, untimed = Counter[tuple[int, int]](), 0
        for suite in suites:
            counts.update(suite.arrivals)
            untimed += suite.untimed
        return cls(Coverage(grid, counts), untimed)

    @property
    def timed(self) -> int:
        return sum(self.coverage.counts.values())

    @property
    def undertaken(self) -> int:
        return self.timed + self.untimed

    def on(self, days: Iterable[int], part: PartOfDay | None = None) -> int:
        """Visits on these weekdays, at that part of the day or at any."""
        counts = self.coverage.counts
        return sum(counts.get(slot, 0) for slot in _slots(self.coverage.grid, tuple(days), part))

    @property
    def days_without(self) -> list[int]:
        return [day for day in WEEK if not self.on((day,))]
