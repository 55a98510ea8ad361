"""Figures of custody visits: the share, what was done, timeslots, detainees, and waits at the door."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from statistics import median
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import DetaineeFigures, EntryFigures, SuiteFigures, VisitFigures
from icv.rules.scheme import Choices
from icv.rules.timeslots import Grid, Slot
from icv.rules.visits import ATTEMPTED, Mode, Outcome, VisitKind
from icv.store.figures.clock import Stretches, seconds_of
from icv.store.figures.counting import number
from icv.store.suites import Suite
from icv.store.visits import Visit

VisitParts: TypeAlias = tuple[VisitFigures, tuple[SuiteFigures, ...], DetaineeFigures, EntryFigures]
_Line: TypeAlias = Mapping[Any, Any]

LONG_WAIT_SECONDS = 10 * 60
"""The figure's published name says ten minutes: no setting moves it."""

_SHARE = ("scheduled", "completed", "missed", "overdue_report", "cancelled", "cancelled_late", "not_yet_due")
_COUNTS = tuple(count.name for count in fields(DetaineeFigures))


def completion(session: Session, period: Period, *, as_of: date, choices: Choices) -> tuple[int, int]:
    """The share alone: how many of the period's scheduled visits were completed, and how many there were."""
    shares = _shares(session, period, as_of, choices)
    return sum(share["completed"] for share in shares), sum(share["scheduled"] for share in shares)


def visit_parts(session: Session, period: Period, *, as_of: date, choices: Choices) -> VisitParts:
    shares = _shares(session, period, as_of, choices)
    attempts = _attempts(session, period)
    arrivals = _arrivals(session, period, choices.grid)
    suites = tuple(
        SuiteFigures(
            share["name"],
            share["scheduled"],
            share["completed"],
            timeslots_defined=choices.grid.size,
            arrivals=arrivals[share["id"]],
        )
        for share in shares
    )
    detainees = DetaineeFigures(*(sum(attempt[count] for attempt in attempts) for count in _COUNTS))
    return _visits(shares, attempts), suites, detainees, _entry(session, period)


def _visits(shares: Sequence[_Line], attempts: Sequence[_Line]) -> VisitFigures:
    by_outcome: dict[Outcome, int] = defaultdict(int)
    by_mode = dict.fromkeys(Mode, 0)
    for attempt in attempts:
        by_outcome[attempt["outcome"]] += attempt["visits"]
        by_mode[attempt["mode"]] += attempt["visits"]
    return VisitFigures(
        **{name: sum(share[name] for share in shares) for name in _SHARE},
        undertaken=by_outcome[Outcome.COMPLETED],
        abandoned=by_outcome[Outcome.ABANDONED],
        no_access=by_outcome[Outcome.NO_ACCESS],
        suite_closed=by_outcome[Outcome.SUITE_CLOSED],
        extra=sum(attempt["visits"] for attempt in attempts if not attempt["is_scheduled"]),
        by_mode=by_mode,
    )


def _shares(session: Session, period: Period, as_of: date, choices: Choices) -> Sequence[_Line]:
    """A line a suite by name, those with no visits included: silence is a finding too."""
    completed = list(choices.completed_outcomes)
    lines = session.execute(_SHARES, {**_days(period), "as_of": as_of, "completed": completed}).mappings()
    return sorted(lines, key=lambda line: str(line["name"]))


def _attempts(session: Session, period: Period) -> Sequence[_Line]:
    """Visits at which somebody turned up: a line for each outcome and mode, scheduled and extra apart."""
    return session.execute(_ATTEMPTS, {**_days(period), **_instants(period)}).mappings().all()


def _arrivals(session: Session, period: Period, grid: Grid) -> dict[int, Counter[Slot]]:
    """How often each suite was visited in each timeslot."""
    slots = Stretches(grid).slots()
    lines = session.execute(_arrivals_by(grid, _years(session, period)), _instants(period))
    by_suite: dict[int, Counter[Slot]] = defaultdict(Counter)
    for line in lines:
        by_suite[line.suite_id][slots[line.stretch]] += line.visits
    return by_suite


def _years(session: Session, period: Period) -> range:
    """The years of the arrivals on record in the period, however long it is."""
    since, until = session.execute(_FIRST_AND_LAST_ARRIVAL, _instants(period)).one()
    if since is None or until is None:
        return range(period.first.year, period.first.year + 1)
    return range(since.year, until.year + 1)


def _entry(session: Session, period: Period) -> EntryFigures:
    """Waits at the door, by how many seconds they took: the exact median needs each of them."""
    lines = session.execute(_WAITS, _instants(period))
    waits = Counter({line.wait: line.visits for line in lines})
    long_waits = sum(visits for seconds, visits in waits.items() if seconds > LONG_WAIT_SECONDS)
    return EntryFigures(long_waits, median(waits.elements()) / 60 if waits else None)


def _days(period: Period) -> dict[str, Any]:
    return {"first": period.first, "last": period.last}


def _instants(period: Period) -> dict[str, Any]:
    return {"starts_at": period.starts_at(), "ends_at": period.ends_at()}


# The statements, put together once: at the size of one scheme that takes longer than the counting.
_CUSTODY = Visit.kind == VisitKind.CUSTODY
_WEEK_ENDS_IN_PERIOD = Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last"))
_ARRIVED_IN_PERIOD = (Visit.arrived_at >= sa.bindparam("starts_at")) & (
    Visit.arrived_at < sa.bindparam("ends_at")
)


def _shares_of_suites() -> Any:
    cancelled = Visit.outcome == Outcome.CANCELLED
    early = Visit.cancelled_on < Visit.week_starts_on
    stands = Visit.outcome.is_(None) | ~cancelled | ~early
    due = Visit.week_ends_on < sa.bindparam("as_of")
    is_completed = Visit.outcome.in_(sa.bindparam("completed", expanding=True))
    scheduled = (
        sa.select(
            Visit.suite_id,
            number("scheduled", due, stands),
            number("completed", due, stands, is_completed),
            number("missed", due, Visit.outcome == Outcome.MISSED),
            number("overdue_report", due, Visit.outcome.is_(None)),
            number("cancelled", cancelled, early),
            number("cancelled_late", due, cancelled, ~early),
            number("not_yet_due", ~due, stands),
        )
        .where(_CUSTODY, Visit.is_scheduled, _WEEK_ENDS_IN_PERIOD)
        .group_by(Visit.suite_id)
        .subquery()
    )
    numbers = [sa.func.coalesce(scheduled.c[name], 0).label(name) for name in _SHARE]
    return sa.select(Suite.id, Suite.name, *numbers).outerjoin(scheduled, scheduled.c.suite_id == Suite.id)


@lru_cache(maxsize=32)
def _arrivals_by(grid: Grid, years: range) -> Any:
    stretch = Stretches(grid).number_of(Visit.arrived_at, years).label("stretch")
    return (
        sa.select(Visit.suite_id, stretch, number("visits"))
        .where(_CUSTODY, Visit.outcome == Outcome.COMPLETED, _ARRIVED_IN_PERIOD)
        .group_by(Visit.suite_id, stretch)
    )


_SHARES = _shares_of_suites()
_ATTEMPTS = (
    sa.select(
        Visit.outcome,
        Visit.mode,
        Visit.is_scheduled,
        number("visits"),
        *(sa.func.coalesce(sa.func.sum(getattr(Visit, name)), 0).label(name) for name in _COUNTS),
    )
    .where(
        _CUSTODY,
        Visit.outcome.in_(ATTEMPTED),
        _ARRIVED_IN_PERIOD | (Visit.arrived_at.is_(None) & _WEEK_ENDS_IN_PERIOD),
    )
    .group_by(Visit.outcome, Visit.mode, Visit.is_scheduled)
)
_FIRST_ARRIVAL, _LAST_ARRIVAL = (
    sa.select(edge(Visit.arrived_at)).where(_ARRIVED_IN_PERIOD).scalar_subquery()
    for edge in (sa.func.min, sa.func.max)
)
_FIRST_AND_LAST_ARRIVAL = sa.select(_FIRST_ARRIVAL, _LAST_ARRIVAL)
_WAIT = (seconds_of(Visit.admitted_at) - seconds_of(Visit.arrived_at)).label("wait")
_WAITS = (
    sa.select(_WAIT, number("visits"))
    .where(_CUSTODY, Visit.outcome.in_(ATTEMPTED), Visit.admitted_at.is_not(None), _ARRIVED_IN_PERIOD)
    .group_by(_WAIT)
)
