"""Figures of custody visits: the share, what was done, timeslots and detainees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import DetaineeFigures, SuiteFigures, VisitFigures
from icv.rules.scheme import Choices
from icv.rules.timeslots import Slot
from icv.rules.visits import Outcome, SuiteKind
from icv.store.figures.attempts import IS_CUSTODY, WEEK_ENDS_IN_PERIOD, Attempts
from icv.store.figures.counting import number
from icv.store.scheme import Team
from icv.store.suites import Suite, SuitePeriod
from icv.store.visits import Visit

VisitParts: TypeAlias = tuple[VisitFigures, tuple[SuiteFigures, ...], DetaineeFigures]
_Line: TypeAlias = Mapping[Any, Any]

_SHARE = ("scheduled", "completed", "missed", "overdue_report", "cancelled", "cancelled_late", "not_yet_due")


def completion(session: Session, period: Period, *, as_of: date, choices: Choices) -> tuple[int, int]:
    """The share alone: how many of the period's scheduled visits were completed, and how many there were."""
    shares = _shares(session, period, as_of, choices)
    return sum(share["completed"] for share in shares), sum(share["scheduled"] for share in shares)


def visit_parts(
    session: Session,
    period: Period,
    *,
    as_of: date,
    choices: Choices,
    made: Attempts,
    arrivals: Mapping[int, Counter[Slot]],
) -> VisitParts:
    shares = _shares(session, period, as_of, choices)
    suites = tuple(
        SuiteFigures(
            share["name"],
            share["scheduled"],
            share["completed"],
            timeslots_defined=choices.grid.size,
            arrivals=arrivals.get(share["id"], Counter()),
            untimed=share["untimed"],
            team=share["team"],
            was_open=bool(share["was_open"]),
        )
        for share in shares
    )
    return _visits(shares, made), suites, DetaineeFigures(*made.counts)


def _visits(shares: Sequence[_Line], made: Attempts) -> VisitFigures:
    by_outcome = made.by_outcome()
    return VisitFigures(
        **{name: sum(share[name] for share in shares) for name in _SHARE},
        undertaken=by_outcome[Outcome.COMPLETED],
        abandoned=by_outcome[Outcome.ABANDONED],
        no_access=by_outcome[Outcome.NO_ACCESS],
        suite_closed=by_outcome[Outcome.SUITE_CLOSED],
        extra=made.extra,
        by_mode=made.by_mode(),
        by_mode_and_outcome=made.made,
    )


def _shares(session: Session, period: Period, as_of: date, choices: Choices) -> Sequence[_Line]:
    """A line a suite by name, those with no visits included: silence is a finding too."""
    completed = list(choices.completed_outcomes)
    lines = session.execute(_SHARES, {**_days(period), "as_of": as_of, "completed": completed}).mappings()
    return sorted(lines, key=lambda line: str(line["name"]))


def _days(period: Period) -> dict[str, Any]:
    return {"first": period.first, "last": period.last}


# The statements, put together once: at the size of one scheme that takes longer than the counting.
_WAS_OPEN = sa.exists().where(
    SuitePeriod.suite_id == Suite.id,
    SuitePeriod.kind == SuiteKind.MAIN,
    SuitePeriod.opens_on <= sa.bindparam("last"),
    SuitePeriod.closes_on.is_(None) | (SuitePeriod.closes_on >= sa.bindparam("first")),
)


def _shares_of_suites() -> Any:
    """Conditions that few visits meet come first, and what follows from other counts is not counted."""
    is_cancelled = Visit.outcome == Outcome.CANCELLED
    early = Visit.cancelled_on < Visit.week_starts_on
    stands = Visit.outcome.is_(None) | ~is_cancelled | ~early
    due = Visit.week_ends_on < sa.bindparam("as_of")
    is_completed = Visit.outcome.in_(sa.bindparam("completed", expanding=True))
    planned = Visit.is_scheduled
    counted = (
        sa.select(
            Visit.suite_id,
            number("planned", planned),
            number("due", planned, due),
            number("completed", planned, due, is_completed, stands),
            number("missed", Visit.outcome == Outcome.MISSED, planned, due),
            number("overdue_report", Visit.outcome.is_(None), planned, due),
            number("cancelled", is_cancelled, planned, early),
            number("cancelled_due", is_cancelled, planned, early, due),
            number("cancelled_late", is_cancelled, planned, ~early, due),
            number("untimed", Visit.arrived_at.is_(None), Visit.outcome == Outcome.COMPLETED),
        )
        .where(IS_CUSTODY, WEEK_ENDS_IN_PERIOD)
        .group_by(Visit.suite_id)
        .subquery()
    )
    visits = counted.c
    follows = {
        "scheduled": visits.due - visits.cancelled_due,
        "not_yet_due": visits.planned - visits.due - (visits.cancelled - visits.cancelled_due),
    }
    numbers = [
        sa.func.coalesce(follows[name] if name in follows else visits[name], 0).label(name)
        for name in (*_SHARE, "untimed")
    ]
    return (
        sa.select(Suite.id, Suite.name, Team.name.label("team"), _WAS_OPEN.label("was_open"), *numbers)
        .outerjoin(counted, visits.suite_id == Suite.id)
        .outerjoin(Team, Team.id == Suite.team_id)
    )


_SHARES = _shares_of_suites()
