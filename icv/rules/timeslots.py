"""The weekly grid of timeslots: seven days by the scheme's bands, and which slot an arrival falls in."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias

from icv.rules.days import WEEKDAYS, london

Slot: TypeAlias = tuple[int, int]
"""Weekday (Monday is 0) and the number of the band, in the order of the grid."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Bands by the minute each begins, in order; the last runs past midnight until the first begins.

    Leicestershire 2017–18: 7 days by 5 bands, 35 timeslots a week. A night belongs to the day it begins on.
    """

    starts: tuple[time, ...] = (time(6), time(10), time(14), time(18), time(22))

    def __post_init__(self) -> None:
        if not self.starts or list(self.starts) != sorted(set(self.starts)):
            raise ValueError("The bands of a day must each begin later than the one before.")

    @property
    def size(self) -> int:
        return len(WEEKDAYS) * len(self.starts)

    @property
    def band_names(self) -> tuple[str, ...]:
        """06–10, or 06:30–10 where a band begins within the hour."""
        return tuple(self._name_of_band(band) for band in range(len(self.starts)))

    def _name_of_band(self, band: int) -> str:
        return f"{_clock(self.starts[band])}–{_clock(self.starts[(band + 1) % len(self.starts)])}"

    def slot_of(self, arrived_at: datetime) -> Slot:
        """The slot of an aware arrival, by London time: Sunday 01:30 is Saturday's night."""
        local = london(arrived_at)
        band = bisect_right(self.starts, local.time()) - 1
        if band < 0:
            return ((local.date() - timedelta(days=1)).weekday(), len(self.starts) - 1)
        return (local.weekday(), band)

    def slots(self) -> list[Slot]:
        return [(day, band) for day in range(len(WEEKDAYS)) for band in range(len(self.starts))]

    def name_of(self, slot: Slot) -> str:
        """Saturday 22–06"""
        return f"{WEEKDAYS[slot[0]]} {self._name_of_band(slot[1])}"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}" if moment.minute else f"{moment:%H}"
