"""Recruitment rounds begun by a day: of two that began together, the later name is the later round."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people import Person, Round


@dataclass(frozen=True, slots=True)
class RoundBegun:
    """`began_on` is the day of its first application; `applications` are those up to the day asked about."""

    id: int
    name: str
    began_on: date
    applications: int


def rounds_begun(session: Session, day: date) -> list[RoundBegun]:
    """The latest first."""
    begun = [RoundBegun(*line) for line in session.execute(_BEGUN, {"day": day})]
    return sorted(begun, key=lambda line: (line.began_on, line.name), reverse=True)


_BEGUN = (
    sa.select(
        Round.id,
        Round.name,
        sa.type_coerce(sa.func.min(Person.applied_on), sa.Date()),
        sa.func.count(),
    )
    .join(Person, Person.round_id == Round.id)
    .where(Person.applied_on <= sa.bindparam("day"))
    .group_by(Round.id, Round.name)
)
