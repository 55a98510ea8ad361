"""Expected activity's questions: the visits each person made in the year up to a day."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.activity import Activity, Met, is_at_night, share_active, year_to
from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.standing import Standing
from icv.rules.visits import ATTEMPTED, DutyState
from icv.store.people import Person, standings
from icv.store.scheme import Team
from icv.store.visits import Duty, Visit


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
    people: Sequence[Sequence[Any]] = session.execute(_IN_OFFICE, {"day": day}).all()
    ids = [person[0] for person in people]
    of_each, made = standings(session, ids), _visits(session, ids, year_to(day), choices)
    lines = [
        ActivityLine(
            number,
            name,
            team_id,
            team,
            of_each[number].stage_on(day),
            _activity(of_each[number], appointed_on, left_on, made[number], day, choices),
        )
        for number, name, team_id, team, appointed_on, left_on in people
    ]
    order = list(Met)
    return sorted(lines, key=lambda line: order.index(line.activity.met))


def own_activity(
    session: Session, person_id: int, day: date, choices: Choices, *, standing: Standing | None = None
) -> Activity | None:
    """One person's year, to show to themselves; None for somebody who was never appointed.

    `standing` where whoever asks has it already.
    """
    person = session.execute(_ONE, {"person_id": person_id}).one_or_none()
    if person is None or person.appointed_on is None:
        return None
    standing = standing or standings(session, [person_id])[person_id]
    made = _visits(session, [person_id], year_to(day), choices)[person_id]
    return _activity(standing, person.appointed_on, person.left_on, made, day, choices)


_Made = tuple[int, int]


def _activity(
    standing: Standing,
    appointed_on: date,
    left_on: date | None,
    made: _Made,
    day: date,
    choices: Choices,
) -> Activity:
    share = share_active(standing, appointed_on, left_on, year_to(day))
    return Activity(*made, share, choices)


def _visits(
    session: Session, person_ids: Collection[int], year: Period, choices: Choices
) -> dict[int, _Made]:
    """Visits at which each turned up, and those at night; by the day of arrival, else the week's last."""
    made: Counter[int] = Counter()
    nights: Counter[int] = Counter()
    instants = {"starts_at": year.starts_at(), "ends_at": year.ends_at()}
    days = {"first": year.first, "last": year.last}
    grid = choices.grid
    for person_id, arrived_at in session.execute(
        _VISITS, {**instants, **days, "person_ids": list(person_ids)}
    ):
        made[person_id] += 1
        nights[person_id] += arrived_at is not None and is_at_night(grid, arrived_at)
    return {number: (made[number], nights[number]) for number in person_ids}


# Put together once.
_IN_OFFICE = (
    sa.select(Person.id, Person.name, Person.team_id, Team.name, Person.appointed_on, Person.left_on)
    .outerjoin(Team, Team.id == Person.team_id)
    .where(
        Person.appointed_on <= sa.bindparam("day"),
        Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
_ONE = sa.select(Person.appointed_on, Person.left_on).where(Person.id == sa.bindparam("person_id"))
_VISITS = (
    sa.select(Duty.person_id, Visit.arrived_at)
    .join(Visit, Visit.id == Duty.visit_id)
    .where(
        Duty.person_id.in_(sa.bindparam("person_ids", expanding=True)),
        Duty.state == DutyState.ACCEPTED,
        Visit.outcome.in_(ATTEMPTED),
        sa.or_(
            sa.and_(
                Visit.arrived_at >= sa.bindparam("starts_at"), Visit.arrived_at < sa.bindparam("ends_at")
            ),
            sa.and_(
                Visit.arrived_at.is_(None),
                Visit.week_ends_on.between(sa.bindparam("first"), sa.bindparam("last")),
            ),
        ),
    )
)
