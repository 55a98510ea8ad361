"""Whom a call for availability is put to: whoever visits in its weeks."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.stages import VISITING
from icv.store.people import Person, StageStep, stands, step_on

Day = date | sa.SQLColumnExpression[date]


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody a call is put to."""

    id: int
    name: str
    email: str


def visits_within(
    first_on: Day, last_on: Day
) -> tuple[type[StageStep], sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Whether somebody visits on one of these days, both included: whoever returns from leave then too.

    The condition is last; before it the step that it looks at, to be joined outside, and what on.
    """
    step, is_theirs = step_on(first_on)
    comes = sa.exists().where(
        StageStep.person_id == Person.id,
        StageStep.stage.in_(VISITING),
        StageStep.on > first_on,
        StageStep.on <= last_on,
        stands(StageStep),
    )
    is_there = Person.left_on.is_(None) | (Person.left_on > first_on)
    return step, is_theirs, (step.stage.in_(VISITING) | comes) & is_there


def to_be_asked(session: Session, period: Period) -> list[Called]:
    """By name."""
    step, is_theirs, visits = visits_within(period.first, period.last)
    rows = session.execute(
        sa.select(Person.id, Person.name, Person.email)
        .select_from(Person)
        .outerjoin(step, is_theirs)
        .where(visits)
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [Called(*row) for row in rows]
