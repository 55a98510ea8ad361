"""When visitors came and how long they waited at the door: every visit's clock read once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import EntryFigures
from icv.rules.timeslots import Grid, Slot
from icv.rules.visits import Outcome
from icv.store.figures.attempted import WAS_ATTEMPTED, bounds
from icv.store.figures.attempts import ARRIVED_IN_PERIOD
from icv.store.figures.clock import Stretches, seconds_of
from icv.store.suites import Suite
from icv.store.visits import Visit

Waits: TypeAlias = Mapping[tuple[str, int | None, bool], int]
"""Attempted visits by suite, seconds from arrival to admission (None: not known), and refusal of entry."""

LONG_WAIT_SECONDS = 10 * 60
"""The figure's published name says ten minutes: no setting moves it."""


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """`arrivals`: how often a visit to the suite of that id was completed, by timeslot."""

    waits: Waits
    arrivals: Mapping[int, Counter[Slot]]


def at_the_door(session: Session, period: Period, grid: Grid) -> AtTheDoor:
    """Waits by how many seconds they took: the exact median needs each of them."""
    suites = session.execute(_SUITES, bounds(period)).all()
    names = {suite.id: suite.name for suite in suites}
    asked = _clocks(grid, _years(period, suites))
    waited, came = session.execute(asked, bounds(period)).one()
    waits: Counter[tuple[str, int | None, bool]] = Counter()
    for number, seconds, visits in _counted(waited):
        suite_id, was_refused = divmod(number, 2)
        waits[names[suite_id], seconds - _ZERO if seconds else None, bool(was_refused)] += visits
    slots = Stretches(grid).slots()
    arrivals: defaultdict[int, Counter[Slot]] = defaultdict(Counter)
    for suite_id, stretch, visits in _counted(came):
        arrivals[suite_id][slots[stretch]] += visits
    return AtTheDoor(waits, arrivals)


def entry_figures(waits: Waits) -> EntryFigures:
    known: Counter[int] = Counter()
    for (_, seconds, _), visits in waits.items():
        if seconds is not None:
            known[seconds] += visits
    long_waits = sum(visits for seconds, visits in known.items() if seconds > LONG_WAIT_SECONDS)
    return EntryFigures(long_waits, median(known.elements()) / 60 if known else None)


def _years(period: Period, suites: Any) -> range:
    """The years of the arrivals on record in the period, however long it is."""
    since, until = (suites[0].since, suites[0].until) if suites else (None, None)
    if since is None or until is None:
        return range(period.first.year, period.first.year + 1)
    return range(since.year, until.year + 1)


# Two numbers in one, a pair a visit and all of them in one line, for Python to count: to group the visits,
# SQLite would sort them, which takes longer than all else here.
_SPAN = 1 << 32
_ZERO = _SPAN // 2
_NOT_KNOWN = 0


def _pair(left: sa.ColumnElement[int], right: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.cast(left * _SPAN + right, sa.String)


def _counted(pairs: str | None) -> Iterator[tuple[int, int, int]]:
    """Each pair there is, and of how many visits."""
    for pair, visits in Counter(pairs.split(",") if pairs else ()).items():
        yield *divmod(int(pair), _SPAN), visits


@lru_cache(maxsize=32)
def _clocks(grid: Grid, years: range) -> Any:
    suite_id = sa.cast(Visit.suite_id, sa.BigInteger())
    was_refused = sa.case((Visit.outcome == Outcome.NO_ACCESS, 1), else_=0)
    seconds = seconds_of(Visit.admitted_at) - seconds_of(Visit.arrived_at) + _ZERO
    waited = _pair(suite_id * 2 + was_refused, sa.func.coalesce(seconds, _NOT_KNOWN))
    came = _pair(suite_id, Stretches(grid).number_of(Visit.arrived_at, years))
    return sa.select(
        sa.func.aggregate_strings(waited, ","),
        sa.func.aggregate_strings(sa.case((Visit.outcome == Outcome.COMPLETED, came)), ","),
    ).where(WAS_ATTEMPTED)


# Put together once.
_SUITES = sa.select(
    Suite.id,
    Suite.name,
    *(
        sa.select(edge(Visit.arrived_at)).where(ARRIVED_IN_PERIOD).scalar_subquery().label(name)
        for edge, name in ((sa.func.min, "since"), (sa.func.max, "until"))
    ),
)
