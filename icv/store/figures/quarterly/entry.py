"""Entry in a quarterly return: how often visitors waited at the door, for how long, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.report import Arrival
from icv.rules.report.parts import read
from icv.rules.scheme import Choices
from icv.rules.visits import ATTEMPTED, Outcome
from icv.store.figures.quarterly.counted import CUSTODY, came_in
from icv.store.suites import Suite
from icv.store.visits import Report, Visit


@dataclass(frozen=True, slots=True)
class LongWait:
    """A visit that had to wait at the door for longer than the scheme allows, or was not let in (no minutes).

    `why` and `rank` are as the visitors chose, empty where the report is not on record. `flags`: what the
    Code of Practice does not allow.
    """

    visit_id: int
    reference: str
    suite: str
    minutes: int | None
    why: str
    rank: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Over visits at which somebody turned up; `timed` are those whose wait is known."""

    attempted: int
    timed: int
    long_waits: int
    no_access: int
    waits: tuple[LongWait, ...]


def entry(session: Session, period: Period, choices: Choices, most: int) -> Entry:
    rows = session.execute(
        sa.select(Visit.id, Visit.reference, Suite.name, Visit.outcome, Visit.arrived_at, Visit.admitted_at)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(CUSTODY, Visit.outcome.in_(ATTEMPTED), came_in(period))
        .order_by(Suite.name, Visit.week_ends_on, Visit.id)
    ).all()
    minutes = [_minutes(row[4], row[5]) for row in rows]
    is_long = [wait is not None and wait > choices.long_wait_minutes for wait in minutes]
    refused = [row[3] is Outcome.NO_ACCESS for row in rows]
    listed = [
        (row, None if no else wait)
        for row, wait, long, no in zip(rows, minutes, is_long, refused, strict=True)
        if long or no
    ][:most]
    said = _arrivals_of(session, [row[0] for row, _ in listed])
    return Entry(
        attempted=len(rows),
        timed=sum(wait is not None for wait in minutes),
        long_waits=sum(long and not no for long, no in zip(is_long, refused, strict=True)),
        no_access=sum(refused),
        waits=tuple(_wait(row[:3], wait, said.get(row[0]), choices) for row, wait in listed),
    )


def _wait(visit: Sequence[Any], minutes: int | None, said: Arrival | None, choices: Choices) -> LongWait:
    visit_id, reference, suite = visit
    if said is None:
        return LongWait(visit_id, reference, suite, minutes, "", "", ())
    first = said.delay.words if said.delay and minutes is not None else said.reason
    why = ". ".join(filter(None, [first, said.delay_words]))
    rank = said.rank.words if said.rank else ""
    return LongWait(visit_id, reference, suite, minutes, why, rank, tuple(said.flags(choices.delay_rank)))


def _arrivals_of(session: Session, visit_ids: Sequence[int]) -> dict[int, Arrival]:
    """What the filed reports of these visits say of the door."""
    rows = session.execute(
        sa.select(Report.visit_id, Report.content["arrival"]).where(
            Report.visit_id.in_(visit_ids), Report.filed_at.is_not(None)
        )
    )
    return {visit_id: read(Arrival, answers) for visit_id, answers in rows if answers}


def _minutes(arrived_at: datetime | None, admitted_at: datetime | None) -> int | None:
    if arrived_at is None or admitted_at is None:
        return None
    return int((admitted_at - arrived_at).total_seconds() // 60)
