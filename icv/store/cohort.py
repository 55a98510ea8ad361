"""The cohort's questions: visitors with their standings, and the visits that open suites ask for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.cohort import Member
from icv.rules.scheme import Need
from icv.rules.visits import SuiteKind
from icv.store.people import Person, standings
from icv.store.scheme import Team
from icv.store.suites import SuitePeriod


@dataclass(frozen=True, slots=True)
class Planned:
    """What the main suites open on a day ask for: how many they are, and visits a week between them."""

    suites: int
    visits_a_week: float


def members(session: Session, from_day: date, needs: Collection[Need] = frozenset(Need)) -> list[Member]:
    """Whoever is a visitor on the day or on a later one, by name. Always the same number of queries.

    Their standings hold what `needs` look at.
    """
    people: Sequence[Sequence[Any]] = session.execute(_MEMBERS, {"from_day": from_day}).all()
    of_each = standings(session, [person[0] for person in people], needs=needs)
    return [
        Member(number, name, team, appointed_on, left_on, of_each[number])
        for number, name, team, appointed_on, left_on in people
    ]


def planned_on(session: Session, day: date) -> Planned:
    """Contingency suites are left out: nothing is planned for them."""
    return Planned(*session.execute(_PLANNED, {"day": day}).one())


# Put together once.
_MEMBERS = (
    sa.select(Person.id, Person.name, Team.name, Person.appointed_on, Person.left_on)
    .outerjoin(Team, Team.id == Person.team_id)
    .where(
        Person.appointed_on.is_not(None),
        Person.left_on.is_(None) | (Person.left_on > sa.bindparam("from_day")),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
_PLANNED = sa.select(
    sa.func.count(SuitePeriod.suite_id.distinct()),
    sa.func.coalesce(sa.func.sum(SuitePeriod.visits_a_week), 0.0),
).where(
    SuitePeriod.kind == SuiteKind.MAIN,
    SuitePeriod.opens_on <= sa.bindparam("day"),
    SuitePeriod.closes_on.is_(None) | (SuitePeriod.closes_on >= sa.bindparam("day")),
)
