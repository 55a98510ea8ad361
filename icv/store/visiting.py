"""What a person has done and is to do: visits made with the hours spent on them, and duties still held."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import add_months, london_day
from icv.rules.stages import AWAY
from icv.rules.standing import Standing, Step
from icv.rules.visits import ATTEMPTED, HELD, DutyState, Outcome, visit_in_words
from icv.store.people import Person, StageStep, stands
from icv.store.suites import Suite
from icv.store.visits import IS_TO_COME, IS_TO_DETAINEES, Duty, Visit


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
        .where(
            IS_TO_DETAINEES,
            Duty.person_id == person_id,
            Duty.state == DutyState.ACCEPTED,
            Visit.outcome.in_(ATTEMPTED),
        )
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


@dataclass(frozen=True, slots=True)
class HeldAway:
    """Somebody who is away in the week of a duty that they hold."""

    person_id: int
    name: str
    suite: str
    week_starts_on: date


def duties_held_away(session: Session, on: date) -> list[HeldAway]:
    """Duties of weeks not over whose visitor is away on the first day left of the week and on its last."""
    held: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_HELD_AWAY, {"on": on}):
        held[row.duty_id].append(row)
    found = []
    for some in held.values():
        one, standing = some[0], Standing(steps=tuple(Step(row.stage, row.made_on) for row in some))
        days = (max(one.week_starts_on, on), one.week_ends_on)
        if all(standing.stage_on(day) in AWAY for day in days):
            found.append(HeldAway(one.person_id, one.name, one.suite, one.week_starts_on))
    return found


# Put together once: Today asks it every time. A row for each step of whoever holds the duty, as made.
_HELD_AWAY = (
    sa.select(
        Duty.id.label("duty_id"),
        Person.id.label("person_id"),
        Person.name,
        Suite.name.label("suite"),
        Visit.week_starts_on,
        Visit.week_ends_on,
        StageStep.stage,
        StageStep.on.label("made_on"),
    )
    .join(Person, Person.id == Duty.person_id)
    .join(Visit, Visit.id == Duty.visit_id)
    .join(Suite, Suite.id == Visit.suite_id)
    .join(StageStep, sa.and_(StageStep.person_id == Person.id, stands(StageStep)))
    .where(
        IS_TO_COME,
        Visit.week_ends_on >= sa.bindparam("on"),
        Person.id.in_(sa.select(StageStep.person_id).where(StageStep.stage.in_(AWAY))),
    )
    .order_by(Visit.week_starts_on, Duty.id, StageStep.id)
)


def _minutes(arrived_at: datetime | None, left_at: datetime | None) -> int | None:
    return round((left_at - arrived_at).total_seconds() / 60) if arrived_at and left_at else None


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty of a visit not made yet; `partner` is None while the other place is empty."""

    id: int
    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    partner: str | None

    @property
    def words(self) -> str:
        """Euston Street, week of 9 March to 15 March 2026, with Ann Hart"""
        week = visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)
        return f"{week}, with {self.partner}" if self.partner else week

    def lies_within(self, first: date | None, before: date | None) -> bool:
        """Whether no day of its week is outside; None: open at that end."""
        return (first is None or self.week_starts_on >= first) and (
            before is None or self.week_ends_on < before
        )


def duties_still_held(
    session: Session, person_id: int, first: date, before: date | None = None
) -> list[HeldDuty]:
    """Of visits not made yet whose week has a day from `first` on and before `before`, by week."""
    other, partner = aliased(Duty), aliased(Person)
    asked = (
        sa.select(Duty.id, Visit.id, Suite.name, Visit.week_starts_on, Visit.week_ends_on, partner.name)
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(
            other,
            sa.and_(other.visit_id == Visit.id, other.person_id != Duty.person_id, other.state.in_(HELD)),
        )
        .outerjoin(partner, partner.id == other.person_id)
        .where(Duty.person_id == person_id, IS_TO_COME, Visit.week_ends_on >= first)
        .order_by(Visit.week_starts_on, Duty.id)
    )
    if before is not None:
        asked = asked.where(Visit.week_starts_on < before)
    return [HeldDuty(*row) for row in session.execute(asked)]
