"""London's clock inside a query: the timeslot an instant falls in, and the seconds between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from math import gcd
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import GenericFunction

from icv.rules.days import WEEKDAYS, london, midnight
from icv.rules.timeslots import Grid, Slot

_HOUR, _DAY = 3600, 86_400
_WEEK = 7 * _DAY
_UNTIL_1970 = 210_866_760_000
"""Seconds from noon of the Monday on which Julian days begin."""


class seconds_of(GenericFunction[int]):  # noqa: N801 - written as a function of SQL is
    """Whole seconds of an instant since Julian days began: at noon, on a Monday long ago."""

    type = sa.BigInteger()
    inherit_cache = True


@compiles(seconds_of, "sqlite")
def _on_sqlite(asked: seconds_of, compiler: Any, **more: Any) -> str:
    # A third of what strftime takes; a day in floating point may lack some millionths of a second.
    return f"CAST(julianday({compiler.process(asked.clauses, **more)}) * {_DAY} + 0.001 AS INTEGER)"


@compiles(seconds_of, "postgresql")
def _on_postgresql(asked: seconds_of, compiler: Any, **more: Any) -> str:
    since_1970 = f"floor(extract(epoch FROM {compiler.process(asked.clauses, **more)}))"
    return f"CAST({since_1970} + {_UNTIL_1970} AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Stretches:
    """The week of a grid, cut into stretches of one length, as long as every band allows.

    Numbered from the first band of Monday: a night belongs to the day it begins on.
    """

    grid: Grid

    @property
    def seconds(self) -> int:
        return gcd(*(end - begin for begin, end in self._bands()))

    def number_of(self, at: InstrumentedAttribute[datetime | None], years: range) -> sa.ColumnElement[int]:
        """Which stretch an instant of these years falls in: named once in SQL, as each row works it out."""
        local = seconds_of(at) + _ahead_of_utc(at, years)
        since_monday = (local + (_DAY // 2 - _seconds_of_day(self.grid.starts[0]))) % _WEEK
        return since_monday // self.seconds

    def slots(self) -> dict[int, Slot]:
        """The timeslot that each stretch is part of, as `Grid.slot_of` has it."""
        bands, seconds = self._bands(), self.seconds
        return {
            number: (weekday, band)
            for weekday in range(len(WEEKDAYS))
            for band, (begin, end) in enumerate(bands)
            for number in range((weekday * _DAY + begin) // seconds, (weekday * _DAY + end) // seconds)
        }

    def _bands(self) -> list[tuple[int, int]]:
        """When each begins and ends, in seconds since the first began."""
        starts = [_seconds_of_day(start) for start in self.grid.starts]
        return list(pairwise([*(start - starts[0] for start in starts), _DAY]))


def _ahead_of_utc(at: InstrumentedAttribute[datetime | None], years: range) -> sa.ColumnElement[int]:
    """Seconds by which London is ahead at that instant."""
    changes = [change for year in years for change in _clock_changes(year)]
    return _after_changes(at, changes, before=_ahead(midnight(date(years.start, 1, 1))))


def _after_changes(
    at: InstrumentedAttribute[datetime | None], changes: Sequence[tuple[datetime, int]], *, before: int
) -> sa.ColumnElement[int]:
    """Halved again and again: so few of the changes of ten years are looked at."""
    if not changes:
        return sa.literal(before)
    half = len(changes) // 2
    since, ahead = changes[half]
    return sa.case(
        (at >= since, _after_changes(at, changes[half + 1 :], before=ahead)),
        else_=_after_changes(at, changes[:half], before=before),
    )


@cache
def _clock_changes(year: int) -> tuple[tuple[datetime, int], ...]:
    """The hours of the year at which the clocks change, and by how much they are ahead from then on."""
    start = midnight(date(year, 1, 1))
    days = [start + timedelta(days=day) for day in range(364)]
    return tuple(
        (hour, _ahead(hour))
        for day, next_day in pairwise(days)
        if _ahead(day) != _ahead(next_day)
        for hour in (day + timedelta(hours=hour) for hour in range(1, 25))
        if _ahead(hour) != _ahead(hour - timedelta(hours=1))
    )


def _ahead(at: datetime) -> int:
    offset = london(at).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _seconds_of_day(start: time) -> int:
    return start.hour * _HOUR + start.minute * 60 + start.second
