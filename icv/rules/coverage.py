"""Which timeslots of the week a suite was visited at, and which it still lacks: from past visits only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from icv.rules.days import WEEKDAYS
from icv.rules.timeslots import Grid, Slot


@dataclass(frozen=True, slots=True)
class Coverage:
    """Visits made by timeslot of the grid."""

    grid: Grid
    counts: Mapping[Slot, int]

    @classmethod
    def of(cls, grid: Grid, arrivals: Iterable[datetime]) -> "Coverage":
        return cls(grid, Counter(grid.slot_of(arrived_at) for arrived_at in arrivals))

    @property
    def rows(self) -> list[list[int]]:
        """A row a day, a number a band."""
        bands = range(len(self.grid.starts))
        return [[self.counts.get((day, band), 0) for band in bands] for day in range(len(WEEKDAYS))]

    @property
    def by_day(self) -> list[tuple[str, list[int]]]:
        return list(zip(WEEKDAYS, self.rows, strict=True))

    @property
    def lacking(self) -> list[Slot]:
        """Those at which nobody came, in the order of the week."""
        return [slot for slot in self.grid.slots() if not self.counts.get(slot)]

    @property
    def covered(self) -> int:
        return self.grid.size - len(self.lacking)

    def lacking_on(self, weekday: int) -> list[str]:
        """The names of a day's bands at which nobody came."""
        return [self.grid.band_names[band] for day, band in self.lacking if day == weekday]
