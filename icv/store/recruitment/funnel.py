"""The ways of people through a round, and the cohort they may join."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.funnel import Cohort, Taken, Way
from icv.rules.stages import PIPELINE, Stage
from icv.store.people import Person, StageStep, came_by, step_on


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applied in a round, with the way they have come."""

    id: int
    name: str
    way: Way


def applicants_of(session: Session, round_ids: Collection[int], day: date) -> dict[int, list[Applicant]]:
    """By round, then by name; their ways by the day, without what was taken back or is planned ahead."""
    rows = session.execute(_APPLICANTS, {"round_ids": list(round_ids), "day": day})
    found: defaultdict[int, list[Applicant]] = defaultdict(list)
    for (round_id, person_id, name, was_appointed), steps in groupby(rows, key=lambda row: tuple(row[:4])):
        way = Way(_taken(row[4:] for row in steps), was_appointed)
        found[round_id].append(Applicant(person_id, name, way))
    return found


def cohort_on(session: Session, round_id: int, day: date) -> Cohort:
    """Members and everybody in the pipeline on the day, those of the round apart."""
    members, of_round, in_pipeline = session.execute(_COHORT, {"round_id": round_id, "day": day}).one()
    return Cohort(members, of_round, in_pipeline - of_round)


def _taken(rows: Iterable[Any]) -> tuple[Taken, ...]:
    return tuple(Taken(stage, on, reason) for stage, on, reason in rows if stage is not None)


_APPLICANTS = (
    sa.select(
        Person.round_id,
        Person.id,
        Person.name,
        Person.appointed_on.is_not(None),
        StageStep.stage,
        StageStep.on,
        StageStep.reason,
    )
    .outerjoin(StageStep, came_by(sa.bindparam("day")))
    .where(Person.round_id.in_(sa.bindparam("round_ids", expanding=True)))
    .order_by(sa.func.lower(Person.name), Person.id, StageStep.on.asc().nulls_first(), StageStep.id)
)
_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_IS_IN_PIPELINE = sa.func.coalesce(_STEP.stage, sa.literal(Stage.APPLIED, StageStep.stage.type)).in_(PIPELINE)
_COHORT = (
    sa.select(
        sa.func.count().filter(Person.appointed_on <= sa.bindparam("day")),
        sa.func.count().filter(_IS_IN_PIPELINE, Person.round_id == sa.bindparam("round_id")),
        sa.func.count().filter(_IS_IN_PIPELINE),
    )
    .select_from(Person)
    .outerjoin(_STEP, _IS_THEIRS)
    .where(Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")))
)
