"""Who goes where on published rotas, and what is still empty or unanswered on each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.visits import HELD, DutyState, Outcome
from icv.store.people import Person
from icv.store.rota import Rota
from icv.store.visits import Duty, Visit


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has, or had, a place on a visit."""

    duty_id: int
    person_id: int
    name: str
    place: int
    state: DutyState
    reason: str
    overridden: str

    @property
    def is_held(self) -> bool:
        return self.state in HELD


@dataclass(frozen=True, slots=True)
class PublishedVisit:
    """A visit of a published rota. `holders` have a place, or declined one; the oldest first."""

    id: int
    reference: str
    suite_id: int
    week_starts_on: date
    week_ends_on: date
    outcome: Outcome | None
    cancelled_on: date | None
    reason: str
    holders: tuple[Holder, ...]

    def held(self, place: int) -> Holder | None:
        return next((one for one in self.holders if one.place == place and one.is_held), None)

    def declined(self, place: int) -> Holder | None:
        """Who declined the place last, while nobody else has it."""
        found = [one for one in self.holders if one.place == place]
        return found[-1] if found and not found[-1].is_held else None


def published_visits(
    session: Session, rota_id: int, visit_ids: Collection[int] | None = None
) -> list[PublishedVisit]:
    """By week, suite and number; `visit_ids` asks for some only. Two queries, however many there are."""
    asked = sa.select(
        Visit.id,
        Visit.reference,
        Visit.suite_id,
        Visit.week_starts_on,
        Visit.week_ends_on,
        Visit.outcome,
        Visit.cancelled_on,
        Visit.reason,
    ).where(Visit.rota_id == rota_id)
    if visit_ids is not None:
        asked = asked.where(Visit.id.in_(visit_ids))
    rows = session.execute(asked.order_by(Visit.week_starts_on, Visit.suite_id, Visit.id)).all()
    holders = _holders(session, rota_id, visit_ids)
    return [PublishedVisit(*row, tuple(holders[row[0]])) for row in rows]


def _holders(
    session: Session, rota_id: int, visit_ids: Collection[int] | None
) -> defaultdict[int, list[Holder]]:
    asked = (
        sa.select(
            Duty.visit_id,
            Duty.id,
            Duty.person_id,
            Person.name,
            Duty.place,
            Duty.state,
            Duty.reason,
            Duty.overridden,
        )
        .join(Person, Person.id == Duty.person_id)
        .join(Visit, Visit.id == Duty.visit_id)
        .where(Visit.rota_id == rota_id, Duty.state != DutyState.RELEASED)
        .order_by(Duty.id)
    )
    if visit_ids is not None:
        asked = asked.where(Visit.id.in_(visit_ids))
    found: defaultdict[int, list[Holder]] = defaultdict(list)
    for row in session.execute(asked):
        found[row.visit_id].append(Holder(*row[1:]))
    return found


@dataclass(frozen=True, slots=True)
class RotaLine:
    """A published rota in the list; `empty` counts visits that lack a visitor and are still to come."""

    id: int
    first_on: date
    last_on: date
    published_at: datetime
    visits: int
    empty: int
    unanswered: int


def rotas_published(session: Session, *, on: date) -> list[RotaLine]:
    """The newest period first. Empty and unanswered count visits whose week is not over."""
    visits = sa.select(Visit.rota_id, sa.func.count().label("visits")).group_by(Visit.rota_id).subquery()
    held = (
        sa.select(
            Visit.rota_id,
            sa.func.count(Duty.id).label("held"),
            sa.func.count(Duty.id).filter(Duty.state == DutyState.OFFERED).label("offered"),
        )
        .outerjoin(Duty, sa.and_(Duty.visit_id == Visit.id, Duty.state.in_(HELD)))
        .where(Visit.rota_id.is_not(None), Visit.outcome.is_(None), Visit.week_ends_on >= on)
        .group_by(Visit.id, Visit.rota_id)
        .subquery()
    )
    to_come = (
        sa.select(
            held.c.rota_id,
            sa.func.count().filter(held.c.held < 2).label("empty"),
            sa.func.sum(held.c.offered).label("unanswered"),
        )
        .group_by(held.c.rota_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            Rota.id,
            Rota.first_on,
            Rota.last_on,
            Rota.published_at,
            visits.c.visits,
            sa.func.coalesce(to_come.c.empty, 0),
            sa.func.coalesce(to_come.c.unanswered, 0),
        )
        .join(visits, visits.c.rota_id == Rota.id)
        .outerjoin(to_come, to_come.c.rota_id == Rota.id)
        .order_by(Rota.first_on.desc(), Rota.id.desc())
    )
    return [RotaLine(*row) for row in rows]
