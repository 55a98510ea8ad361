"""Who sits where on the visits around a place that may change hands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import HELD, Outcome
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import IS_TO_DETAINEES, Duty, Visit


@dataclass(frozen=True, slots=True)
class Sitter:
    duty_id: int
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Seated:
    """A visit and who holds its two places, by place. `team_id` is that of its suite."""

    visit_id: int
    suite_id: int
    suite: str
    team_id: int | None
    week_starts_on: date
    week_ends_on: date
    sitters: tuple[Sitter | None, Sitter | None]


def seated_beside(session: Session, visit_ids: Collection[int]) -> list[Seated]:
    """These visits, and the scheduled ones of the same suites and weeks: they are planned together."""
    here = Visit.__table__.alias("here")
    beside = sa.exists().where(
        here.c.id.in_(visit_ids),
        here.c.suite_id == Visit.suite_id,
        here.c.week_starts_on == Visit.week_starts_on,
        IS_TO_DETAINEES,
    )
    return _seated(session, sa.or_(Visit.id.in_(visit_ids), sa.and_(Visit.is_scheduled, beside)))


def seated_between(session: Session, weeks: Period) -> list[Seated]:
    """Scheduled visits not made yet whose week starts in the period."""
    return _seated(
        session,
        sa.and_(
            IS_TO_DETAINEES,
            Visit.is_scheduled,
            Visit.outcome.is_(None),
            Visit.week_starts_on >= weeks.first,
            Visit.week_starts_on <= weeks.last,
        ),
    )


def _seated(session: Session, which: sa.ColumnElement[bool]) -> list[Seated]:
    """By week, suite and visit; cancelled visits left out."""
    rows = session.execute(
        sa.select(
            Visit.id,
            Visit.suite_id,
            Suite.name,
            Suite.team_id,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Duty.place,
            Duty.id,
            Person.id,
            Person.name,
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(Duty, sa.and_(Duty.visit_id == Visit.id, Duty.state.in_(HELD)))
        .outerjoin(Person, Person.id == Duty.person_id)
        .where(which, sa.or_(Visit.outcome.is_(None), Visit.outcome != Outcome.CANCELLED))
        .order_by(Visit.week_starts_on, Suite.name, Visit.id, Duty.place)
    ).all()
    return [_visit([tuple(row) for row in found]) for _, found in groupby(rows, key=lambda row: row[0])]


def _visit(rows: Sequence[tuple[Any, ...]]) -> Seated:
    """One visit: a row for each place that is held, or one with none."""
    held = {row[6]: Sitter(row[7], row[8], row[9]) for row in rows if row[6]}
    visit_id, suite_id, suite, team_id, first_on, last_on = rows[0][:6]
    return Seated(visit_id, suite_id, suite, team_id, first_on, last_on, (held.get(1), held.get(2)))
