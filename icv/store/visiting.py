"""What a person has done: the visits they made, and the hours spent on them."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import add_months, london_day
from icv.rules.visits import ATTEMPTED, DutyState, Outcome
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit


@dataclass(frozen=True, slots=True)
class VisitMade:
    """A visit at which the person turned up; `minutes` from arriving to leaving, None where not known."""

    visit_id: int
    suite: str
    on: date
    outcome: Outcome
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Visiting:
    """Latest first. `this_year` counts the visits of the twelve months up to the day asked about."""

    visits: list[VisitMade]
    this_year: int

    @property
    def minutes(self) -> int:
        """Over all visits of which both times are known."""
        return sum(visit.minutes or 0 for visit in self.visits)

    @property
    def untimed(self) -> int:
        return sum(visit.minutes is None for visit in self.visits)


def visits_of(session: Session, person_id: int, day: date) -> Visiting:
    """By the day of arrival, or the week's last day where that is not known."""
    rows = session.execute(
        sa.select(Visit.id, Suite.name, Visit.week_ends_on, Visit.arrived_at, Visit.left_at, Visit.outcome)
        .join(Duty, Duty.visit_id == Visit.id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Duty.person_id == person_id, Duty.state == DutyState.ACCEPTED, Visit.outcome.in_(ATTEMPTED))
    )
    visits = [
        VisitMade(
            visit_id,
            suite,
            london_day(arrived_at) if arrived_at else week_ends_on,
            outcome,
            _minutes(arrived_at, left_at),
        )
        for visit_id, suite, week_ends_on, arrived_at, left_at, outcome in rows
        if outcome
    ]
    year_ago = add_months(day, -12)
    visits.sort(key=lambda visit: (visit.on, visit.visit_id), reverse=True)
    return Visiting(visits, sum(year_ago < visit.on <= day for visit in visits))


def _minutes(arrived_at: datetime | None, left_at: datetime | None) -> int | None:
    return round((left_at - arrived_at).total_seconds() / 60) if arrived_at and left_at else None
