"""What a rota is drawn from: visitors in office, open suites, conflicts, and the visits around its period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import HELD, Outcome, SuiteKind
from icv.store.people import Conflict, Person
from icv.store.suites import Suite, SuitePeriod
from icv.store.visits import IS_TO_DETAINEES, Duty, Visit


@dataclass(frozen=True, slots=True)
class InOffice:
    """Somebody appointed, as planning needs them. `left_on` is the first day away for good."""

    id: int
    name: str
    email: str
    team_id: int | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class SuiteLine:
    id: int
    name: str
    team_id: int | None


@dataclass(frozen=True, slots=True)
class OpenStretch:
    """Days on which a suite is open for visits; `closes_on` is the last, None: no end."""

    suite_id: int
    opens_on: date
    closes_on: date | None
    visits_a_week: float


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration against going with a person, or to a suite."""

    person_id: int
    with_person_id: int | None
    suite_id: int | None


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A place that somebody holds on a visit."""

    visit_id: int
    person_id: int
    suite_id: int
    week_starts_on: date
    is_scheduled: bool


def in_office(session: Session, period: Period, also: Collection[int] = ()) -> list[InOffice]:
    """Whoever is a visitor on some day of the period, and those asked for by id; by id."""
    appointed_by_then = sa.and_(
        Person.appointed_on <= period.last,
        sa.or_(Person.left_on.is_(None), Person.left_on > period.first),
    )
    rows = session.execute(
        sa.select(Person.id, Person.name, Person.email, Person.team_id, Person.left_on)
        .where(sa.or_(appointed_by_then, Person.id.in_(also)))
        .order_by(Person.id)
    )
    return [InOffice(*row) for row in rows]


def suites(session: Session) -> list[SuiteLine]:
    """All, by name."""
    rows = session.execute(sa.select(Suite.id, Suite.name, Suite.team_id).order_by(Suite.name, Suite.id))
    return [SuiteLine(*row) for row in rows]


def open_stretches(session: Session, period: Period) -> list[OpenStretch]:
    """Those that touch the period, contingency left out: it is not planned."""
    rows = session.execute(
        sa.select(
            SuitePeriod.suite_id, SuitePeriod.opens_on, SuitePeriod.closes_on, SuitePeriod.visits_a_week
        )
        .where(
            SuitePeriod.kind == SuiteKind.MAIN,
            SuitePeriod.opens_on <= period.last,
            sa.or_(SuitePeriod.closes_on.is_(None), SuitePeriod.closes_on >= period.first),
        )
        .order_by(SuitePeriod.suite_id, SuitePeriod.opens_on, SuitePeriod.id)
    )
    return [OpenStretch(*row) for row in rows]


def declared(session: Session, period: Period) -> list[Declared]:
    """Conflicts that stand on some day of the period."""
    rows = session.execute(
        sa.select(Conflict.person_id, Conflict.with_person_id, Conflict.suite_id).where(
            Conflict.declared_on <= period.last,
            sa.or_(Conflict.ended_on.is_(None), Conflict.ended_on > period.first),
        )
    )
    return [Declared(*row) for row in rows]


def held_places(session: Session, weeks: Period) -> list[HeldPlace]:
    """Places held on visits whose week starts in the period, cancelled visits left out, by week and visit."""
    rows = session.execute(
        sa.select(Visit.id, Duty.person_id, Visit.suite_id, Visit.week_starts_on, Visit.is_scheduled)
        .join(Duty, Duty.visit_id == Visit.id)
        .where(
            IS_TO_DETAINEES,
            Visit.week_starts_on >= weeks.first,
            Visit.week_starts_on <= weeks.last,
            Duty.state.in_(HELD),
            sa.or_(Visit.outcome.is_(None), Visit.outcome != Outcome.CANCELLED),
        )
        .order_by(Visit.week_starts_on, Visit.id, Duty.place)
    )
    return [HeldPlace(*row) for row in rows]


def arrivals(session: Session, days: Period, suite_id: int | None = None) -> list[tuple[int, datetime]]:
    """The suite and the moment of each arrival of a completed visit in the period, at one suite or at all."""
    asked = sa.select(Visit.suite_id, Visit.arrived_at).where(
        IS_TO_DETAINEES,
        Visit.outcome == Outcome.COMPLETED,
        Visit.arrived_at >= days.starts_at(),
        Visit.arrived_at < days.ends_at(),
    )
    if suite_id is not None:
        asked = asked.where(Visit.suite_id == suite_id)
    rows = session.execute(asked.order_by(Visit.arrived_at, Visit.id))
    return [(suite_id, arrived_at) for suite_id, arrived_at in rows if arrived_at is not None]
