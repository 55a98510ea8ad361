"""How long visitors waited at the door: read once, for the figures of entry and for those of each suite."""

from collections import Counter
from collections.abc import Mapping
from statistics import median
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import EntryFigures
from icv.rules.visits import Outcome
from icv.store.figures.attempted import WAS_ATTEMPTED, bounds
from icv.store.figures.clock import seconds_of
from icv.store.figures.counting import number
from icv.store.suites import Suite
from icv.store.visits import Visit

Waits: TypeAlias = Mapping[tuple[str, int | None, bool], int]
"""Attempted visits by suite, seconds from arrival to admission (None: not known), and refusal of entry."""

LONG_WAIT_SECONDS = 10 * 60
"""The figure's published name says ten minutes: no setting moves it."""


def waits(session: Session, period: Period) -> Waits:
    """By how many seconds they took: the exact median needs each of them."""
    rows = session.execute(_WAITS, bounds(period))
    return {(suite, seconds, bool(refused)): visits for suite, seconds, refused, visits in rows}


def entry_figures(waits: Waits) -> EntryFigures:
    known: Counter[int] = Counter()
    for (_, seconds, _), visits in waits.items():
        if seconds is not None:
            known[seconds] += visits
    long_waits = sum(visits for seconds, visits in known.items() if seconds > LONG_WAIT_SECONDS)
    return EntryFigures(long_waits, median(known.elements()) / 60 if known else None)


def _waits() -> sa.Select[*tuple[Any, ...]]:
    seconds = (seconds_of(Visit.admitted_at) - seconds_of(Visit.arrived_at)).label("seconds")
    refused = (Visit.outcome == Outcome.NO_ACCESS).label("refused")
    counted = (
        sa.select(Visit.suite_id, seconds, refused, number("visits"))
        .where(WAS_ATTEMPTED)
        .group_by(Visit.suite_id, seconds, refused)
        .subquery()
    )
    return sa.select(Suite.name, counted.c.seconds, counted.c.refused, counted.c.visits).join(
        counted, counted.c.suite_id == Suite.id
    )


# Put together once.
_WAITS = _waits()
