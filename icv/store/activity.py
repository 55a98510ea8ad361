"""Expected activity's questions: the visits each person made in the year up to a day."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.activity import Activity, Met, is_at_night, share_active, year_to
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.standing import Standing, Step
from icv.rules.visits import ATTEMPTED, DutyState
from icv.store.people import Person, StageStep, stands
from icv.store.scheme import Team
from icv.store.visits import IS_TO_DETAINEES, Duty, Visit


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A visitor in office and their year; `stage` on its last day."""

    id: int
    name: str
    team_id: int | None
    team: str | None
    stage: Stage | None
    activity: Activity


def activity_listed(session: Session, day: date, choices: Choices) -> list[ActivityLine]:
    """Everybody in office on the day: those below the least first, then by name."""
    in_office = sa.and_(Person.appointed_on <= day, Person.left_on.is_(None) | (Person.left_on > day))
    order = list(Met)
    return sorted(_lines(session, in_office, day, choices), key=lambda line: order.index(line.activity.met))


def own_activity(session: Session, person_id: int, day: date, choices: Choices) -> Activity | None:
    """One person's year, to show to themselves; None for somebody who was never appointed."""
    own = sa.and_(Person.id == person_id, Person.appointed_on.is_not(None))
    return next((line.activity for line in _lines(session, own, day, choices)), None)


def _lines(
    session: Session, whose: sa.ColumnElement[bool], day: date, choices: Choices
) -> list[ActivityLine]:
    """By name, of the people the condition lets through."""
    year, grid = year_to(day), choices.grid
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for person_id, stage, on in session.execute(_STEPS.where(whose)):
        steps[person_id].append(Step(stage, on))
    made: Counter[int] = Counter()
    nights: Counter[int] = Counter()
    instants = {"starts_at": year.starts_at(), "ends_at": year.ends_at()}
    visits = session.execute(_VISITS.where(whose), {**instants, "first": year.first, "last": year.last})
    for person_id, arrived_at in visits:
        made[person_id] += 1
        nights[person_id] += arrived_at is not None and is_at_night(grid, arrived_at)
    lines = []
    people: Sequence[Sequence[Any]] = session.execute(_PEOPLE.where(whose)).all()
    for number, name, team_id, team, appointed_on, left_on in people:
        standing = Standing(steps=tuple(steps[number]))
        share = share_active(standing, appointed_on, left_on, year)
        own = Activity(made[number], nights[number], share, choices)
        lines.append(ActivityLine(number, name, team_id, team, standing.stage_on(day), own))
    return lines


# Put together once; whose they are is asked at the end of each.
_PEOPLE = (
    sa.select(Person.id, Person.name, Person.team_id, Team.name, Person.appointed_on, Person.left_on)
    .outerjoin(Team, Team.id == Person.team_id)
    .order_by(sa.func.lower(Person.name), Person.id)
)
_STEPS = (
    sa.select(StageStep.person_id, StageStep.stage, StageStep.on)
    .join(Person, Person.id == StageStep.person_id)
    .where(stands(StageStep))
    .order_by(StageStep.id)
)
_ARRIVED = sa.and_(Visit.arrived_at >= sa.bindparam("starts_at"), Visit.arrived_at < sa.bindparam("ends_at"))
_WEEK_ENDED = sa.and_(
    Visit.arrived_at.is_(None), Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last"))
)
_VISITS = (
    sa.select(Duty.person_id, Visit.arrived_at)
    .join(Visit, Visit.id == Duty.visit_id)
    .join(Person, Person.id == Duty.person_id)
    .where(
        IS_TO_DETAINEES,
        Duty.state == DutyState.ACCEPTED,
        Visit.outcome.in_(ATTEMPTED),
        _ARRIVED | _WEEK_ENDED,
    )
)
"""By the day of arrival, or the week's last day where that is not known, as on a person's own page."""
