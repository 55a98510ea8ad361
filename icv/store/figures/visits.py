"""Figures of custody visits: the share, what was done, timeslots, detainees, and waits at the door."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
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
_CUSTODY = Visit.kind == VisitKind.CUSTODY
_COUNTS = tuple(count.name for count in fields(DetaineeFigures))


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
    cancelled = Visit.outcome == Outcome.CANCELLED
    early = Visit.cancelled_on < Visit.week_starts_on
    stands = Visit.outcome.is_(None) | ~cancelled | ~early
    due = Visit.week_ends_on < as_of
    scheduled = (
        sa.select(
            Visit.suite_id,
            number("scheduled", due, stands),
            number("completed", due, stands, Visit.outcome.in_(choices.completed_outcomes)),
            number("missed", due, Visit.outcome == Outcome.MISSED),
            number("overdue_report", due, Visit.outcome.is_(None)),
            number("cancelled", cancelled, early),
            number("cancelled_late", due, cancelled, ~early),
            number("not_yet_due", ~due, stands),
        )
        .where(_CUSTODY, Visit.is_scheduled, Visit.week_ends_on.between(period.first, period.last))
        .group_by(Visit.suite_id)
        .subquery()
    )
    numbers = [sa.func.coalesce(scheduled.c[name], 0).label(name) for name in _SHARE]
    lines = session.execute(
        sa.select(Suite.id, Suite.name, *numbers).outerjoin(scheduled, scheduled.c.suite_id == Suite.id)
    ).mappings()
    return sorted(lines, key=lambda line: str(line["name"]))


def _arrived_in(period: Period) -> sa.ColumnElement[bool]:
    return (Visit.arrived_at >= period.starts_at()) & (Visit.arrived_at < period.ends_at())


def _attempts(session: Session, period: Period) -> Sequence[_Line]:
    """Visits at which somebody turned up: a line for each outcome and mode, scheduled and extra apart."""
    time_unknown = Visit.arrived_at.is_(None) & Visit.week_ends_on.between(period.first, period.last)
    return (
        session.execute(
            sa.select(
                Visit.outcome,
                Visit.mode,
                Visit.is_scheduled,
                number("visits"),
                *(sa.func.coalesce(sa.func.sum(getattr(Visit, name)), 0).label(name) for name in _COUNTS),
            )
            .where(_CUSTODY, Visit.outcome.in_(ATTEMPTED), _arrived_in(period) | time_unknown)
            .group_by(Visit.outcome, Visit.mode, Visit.is_scheduled)
        )
        .mappings()
        .all()
    )


def _arrivals(session: Session, period: Period, grid: Grid) -> dict[int, Counter[Slot]]:
    """How often each suite was visited in each timeslot."""
    stretches, slots = Stretches(grid), Stretches(grid).slots()
    stretch = stretches.number_of(Visit.arrived_at, _years(session, period)).label("stretch")
    lines = session.execute(
        sa.select(Visit.suite_id, stretch, number("visits"))
        .where(_CUSTODY, Visit.outcome == Outcome.COMPLETED, _arrived_in(period))
        .group_by(Visit.suite_id, stretch)
    )
    by_suite: dict[int, Counter[Slot]] = defaultdict(Counter)
    for line in lines:
        by_suite[line.suite_id][slots[line.stretch]] += line.visits
    return by_suite


def _years(session: Session, period: Period) -> range:
    """The years of the arrivals on record in the period, however long it is."""
    first, last = (
        sa.select(edge(Visit.arrived_at)).where(_arrived_in(period)).scalar_subquery()
        for edge in (sa.func.min, sa.func.max)
    )
    since, until = session.execute(sa.select(first, last)).one()
    if since is None or until is None:
        return range(period.first.year, period.first.year + 1)
    return range(since.year, until.year + 1)


def _entry(session: Session, period: Period) -> EntryFigures:
    """Waits at the door, by how many seconds they took: the exact median needs each of them."""
    wait = (seconds_of(Visit.admitted_at) - seconds_of(Visit.arrived_at)).label("wait")
    lines = session.execute(
        sa.select(wait, number("visits"))
        .where(_CUSTODY, Visit.outcome.in_(ATTEMPTED), Visit.admitted_at.is_not(None), _arrived_in(period))
        .group_by(wait)
    )
    waits = Counter({line.wait: line.visits for line in lines})
    long_waits = sum(visits for seconds, visits in waits.items() if seconds > LONG_WAIT_SECONDS)
    return EntryFigures(long_waits, median(waits.elements()) / 60 if waits else None)
