"""Figures of visitors and of recruitment: why visitors left, how often they went, and the round's funnel."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.activity import year_to
from icv.rules.days import Period
from icv.rules.figures.people import Recruitment, RoundFunnel, Visitors
from icv.rules.funnel import Taken, Way, funnel
from icv.rules.visits import DutyState
from icv.store.figures.attempted import ATTEMPTED_VISITS, bounds
from icv.store.figures.rounds import RoundBegun
from icv.store.people import Person, StageStep, came_by
from icv.store.visits import Duty


def visitors(session: Session, period: Period) -> Visitors:
    reasons: dict[str, tuple[str, int]] = {}
    for words, people in session.execute(_REASONS, {"first": period.first, "last": period.last}):
        key = " ".join(words.split()).rstrip(".").casefold()
        first_words, so_far = reasons.get(key, (" ".join(words.split()).rstrip("."), 0))
        reasons[key] = (first_words, so_far + people)
    lines = session.execute(_VISITS, bounds(year_to(period.last)))
    visits: dict[int, int] = {line.visits: line.people for line in lines}
    return Visitors(dict(reasons.values()), visits)


def recruitment(session: Session, day: date, begun: Sequence[RoundBegun]) -> Recruitment:
    """Of the round that began last by that day, and of the one before it. `begun`: those that had."""
    latest = begun[:2]
    rows = session.execute(_WAYS, {"round_ids": [line.id for line in latest], "day": day})
    ways: defaultdict[int | None, list[Way]] = defaultdict(list)
    for (round_id, _, was_appointed), steps in groupby(rows, key=itemgetter(0, 1, 2)):
        taken = (Taken(stage, on) for *_, stage, on in steps if stage is not None)
        ways[round_id].append(Way(tuple(taken), bool(was_appointed)))
    return Recruitment(*(RoundFunnel(line.name, funnel(ways[line.id])) for line in latest))


# The statements, put together once.
_REASONS = (
    sa.select(Person.left_reason, sa.func.count())
    .where(
        Person.appointed_on.is_not(None),
        Person.left_on.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(Person.left_reason)
    .order_by(Person.left_reason)
)


def _visits() -> sa.Select[int, int]:
    made = (
        sa.select(Duty.person_id, sa.func.count().label("visits"))
        .join(ATTEMPTED_VISITS, ATTEMPTED_VISITS.c.id == Duty.visit_id)
        .where(Duty.state == DutyState.ACCEPTED)
        .group_by(Duty.person_id)
        .subquery()
    )
    visits = sa.func.coalesce(made.c.visits, 0).label("visits")
    return (
        sa.select(visits, sa.func.count().label("people"))
        .select_from(Person)
        .outerjoin(made, made.c.person_id == Person.id)
        .where(
            Person.appointed_on <= sa.bindparam("last"),
            Person.left_on.is_(None) | (Person.left_on > sa.bindparam("last")),
        )
        .group_by(visits)
    )


_VISITS = _visits()
_WAYS = (
    sa.select(
        Person.round_id,
        Person.id,
        sa.func.coalesce(Person.appointed_on <= sa.bindparam("day"), sa.false()),
        StageStep.stage,
        StageStep.on,
    )
    .outerjoin(StageStep, came_by(sa.bindparam("day")))
    .where(
        Person.round_id.in_(sa.bindparam("round_ids", expanding=True)),
        Person.applied_on <= sa.bindparam("day"),
    )
    .order_by(Person.round_id, Person.id, StageStep.on.asc().nulls_first(), StageStep.id)
)
