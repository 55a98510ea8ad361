"""Teams with their members and flows: who belonged, joined and left, by the team they are in now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Membership
from icv.rules.stages import Stage
from icv.store.people import Person, step_on
from icv.store.scheme import Team


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A visitor from `appointed_on` until the day before `left_on`; `stage` on the period's last day."""

    id: int
    name: str
    stage: Stage
    appointed_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """`id` and `name` None: people without a team. `members` belong on the last day, by name."""

    id: int | None
    name: str | None
    flow: Membership
    members: list[MemberLine] = field(default_factory=list)
    joined: list[MemberLine] = field(default_factory=list)
    left: list[MemberLine] = field(default_factory=list)


def teams_over(session: Session, period: Period) -> list[TeamLine]:
    """Every team by name, people without one last; counted as the panel's figures count."""
    people: defaultdict[int | None, list[MemberLine]] = defaultdict(list)
    rows: Sequence[Sequence[Any]] = session.execute(
        _PEOPLE, {"day": period.last, "first": period.first}
    ).all()
    for number, name, team_id, appointed_on, left_on, stage in rows:
        people[team_id].append(MemberLine(number, name, stage or Stage.APPLIED, appointed_on, left_on))
    teams = sorted(((team.id, team.name) for team in session.execute(_TEAMS)), key=lambda team: team[1])
    found = [_line(number, name, people[number], period) for number, name in teams]
    return [*found, _line(None, None, people[None], period)]


def _line(number: int | None, name: str | None, people: list[MemberLine], period: Period) -> TeamLine:
    joined = [one for one in people if one.appointed_on in period]
    left = [one for one in people if one.left_on and one.left_on in period]
    opening = sum(one.appointed_on < period.first for one in people)
    members = [
        one
        for one in people
        if one.appointed_on <= period.last and (one.left_on is None or one.left_on > period.last)
    ]
    return TeamLine(number, name, Membership(opening, len(joined), len(left)), members, joined, left)


# Put together once.
_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_TEAMS = sa.select(Team.id, Team.name)
_PEOPLE = (
    sa.select(Person.id, Person.name, Person.team_id, Person.appointed_on, Person.left_on, _STEP.stage)
    .select_from(Person)
    .outerjoin(_STEP, _IS_THEIRS)
    .where(
        Person.appointed_on <= sa.bindparam("day"),
        Person.left_on.is_(None) | (Person.left_on >= sa.bindparam("first")),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
