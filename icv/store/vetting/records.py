"""Everybody's records of vetting, and the people they are looked after for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.records import VettingFacts
from icv.rules.stages import Stage
from icv.rules.vetting import ON_BOARD
from icv.store.people import NO_TEAM, Kept, Person, Vetting, step_on
from icv.store.scheme import Team


@dataclass(frozen=True, slots=True)
class Vetted:
    """Somebody whose vetting is looked after, and the stage at which they are."""

    id: int
    name: str
    email: str
    team: str | None
    account_id: int | None
    stage: Stage


def people_vetted(
    session: Session, day: date, *, team_id: int | None = None, person_ids: Collection[int] | None = None
) -> list[Vetted]:
    """From vetting to suspended, by name; who has left is not among them. `team_id` as the list of people."""
    asked = _PEOPLE
    if team_id is not None:
        asked = asked.where(Person.team_id.is_(None) if team_id == NO_TEAM else Person.team_id == team_id)
    if person_ids is not None:
        asked = asked.where(Person.id.in_(person_ids))
    return [Vetted(*row) for row in session.execute(asked, {"day": day})]


def vettings_of(session: Session, person_ids: Collection[int]) -> dict[int, list[Kept[VettingFacts]]]:
    """By person, in the order in which they were entered; everybody asked about is there."""
    of_each: defaultdict[int, list[Kept[VettingFacts]]] = defaultdict(list)
    rows: Iterable[Sequence[Any]] = session.execute(_VETTINGS, {"person_ids": list(person_ids)})
    for person_id, number, *facts in rows:
        of_each[person_id].append(Kept(number, VettingFacts(*facts)))
    return {person_id: of_each[person_id] for person_id in person_ids}


def levels_on_record(session: Session) -> list[str]:
    """Those in use, by name."""
    return list(
        session.scalars(sa.select(Vetting.level).where(Vetting.level != "").distinct().order_by("level"))
    )


# Put together once.
_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_PEOPLE = (
    sa.select(Person.id, Person.name, Person.email, Team.name, Person.account_id, _STEP.stage)
    .select_from(Person)
    .join(_STEP, _IS_THEIRS)
    .join(Team, Team.id == Person.team_id, isouter=True)
    .where(
        _STEP.stage.in_(ON_BOARD),
        Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
_VETTINGS = (
    sa.select(
        Vetting.person_id,
        Vetting.id,
        Vetting.level,
        Vetting.requested_on,
        Vetting.cleared_on,
        Vetting.expires_on,
        Vetting.refused_on,
    )
    .where(Vetting.person_id.in_(sa.bindparam("person_ids", expanding=True)))
    .order_by(Vetting.id)
)
