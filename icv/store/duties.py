"""Questions about duties: who goes where on a published rota, and somebody's own."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.timeslots import Slot
from icv.rules.visits import HELD, DutyState, Outcome
from icv.store.people import Person
from icv.store.rota import DraftVisit, Rota
from icv.store.suites import Suite
from icv.store.visits import Duty, Report, Visit


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


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """A visitor's own place. `partner_id` is None while the other place is empty.

    `partner_phone` is empty outside the days on which the two may call each other.
    """

    id: int
    visit_id: int
    reference: str
    suite_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    state: DutyState
    outcome: Outcome | None
    filed_at: datetime | None
    partner_id: int | None
    partner: str
    partner_phone: str
    partner_state: DutyState | None

    def may_agree_time(self, on: date) -> bool:
        """Whether there is a time to settle with somebody: accepted, not alone, and the week not over."""
        is_to_come = self.outcome is None and self.week_ends_on >= on
        return is_to_come and self.state is DutyState.ACCEPTED and self.partner_id is not None


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


def duties_seen_by(session: Session, actor: Actor, *, on: date, contact_days: int) -> list[OwnDuty]:
    """The actor's own places by week, those declined, released or of a cancelled visit left out.

    A partner's telephone number is given from so many days before the week until it ends.
    """
    rows = session.execute(_OWN_THAT_STAND, _asking(actor, on, contact_days))
    return [OwnDuty(*row) for row in rows]


def duty_seen_by(
    session: Session, actor: Actor, duty_id: int, *, on: date, contact_days: int
) -> OwnDuty | None:
    """One of the actor's own places, whatever became of it; None for anybody else's."""
    row = session.execute(_ONE_OWN, {**_asking(actor, on, contact_days), "duty_id": duty_id}).one_or_none()
    return OwnDuty(*row) if row else None


def _asking(actor: Actor, on: date, contact_days: int) -> dict[str, Any]:
    return {"person_id": actor.person_id, "on": on, "calls_from": on + timedelta(days=contact_days)}


def _own() -> sa.Select[*tuple[Any, ...]]:
    """Put together once for each question: with its joins that takes longer than the answer."""
    may_call = sa.and_(
        Visit.week_starts_on <= sa.bindparam("calls_from"),
        Visit.week_ends_on >= sa.bindparam("on"),
        Duty.state.in_(HELD),
    )
    other, partner = aliased(Duty), aliased(Person)
    return (
        sa.select(
            Duty.id,
            Visit.id,
            Visit.reference,
            Suite.id,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Duty.state,
            Visit.outcome,
            Report.filed_at,
            other.person_id,
            sa.func.coalesce(partner.name, ""),
            sa.case((may_call, sa.func.coalesce(partner.phone, "")), else_=""),
            other.state,
        )
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .outerjoin(
            other,
            sa.and_(other.visit_id == Duty.visit_id, other.place != Duty.place, other.state.in_(HELD)),
        )
        .outerjoin(partner, partner.id == other.person_id)
        .where(Duty.person_id == sa.bindparam("person_id"))
    )


_OWN_THAT_STAND = (
    _own()
    .where(Duty.state.in_(HELD), sa.or_(Visit.outcome.is_(None), Visit.outcome != Outcome.CANCELLED))
    .order_by(Visit.week_starts_on, Visit.id)
)
_ONE_OWN = _own().where(Duty.id == sa.bindparam("duty_id"))


def suggested_slots(session: Session, actor: Actor, duty: OwnDuty) -> list[Slot]:
    """What the rota suggests to the actor and the partner of their own duty, the first one first.

    None for a pair put together after it was drawn: it was worked out for other people.
    """
    drawn = sa.select(DraftVisit.suggested_slots).join(Visit, Visit.rota_id == DraftVisit.rota_id)
    slots = session.scalar(
        drawn.where(
            Visit.id == duty.visit_id,
            DraftVisit.suite_id == Visit.suite_id,
            DraftVisit.week_starts_on == Visit.week_starts_on,
            sa.or_(*(_drawn_for(*pair) for pair in permutations((actor.person_id, duty.partner_id)))),
        ).order_by(DraftVisit.id)
    )
    return [(weekday, band) for weekday, band in slots or ()]


def _drawn_for(first: int | None, second: int | None) -> sa.ColumnElement[bool]:
    return sa.and_(DraftVisit.visitor_1_id == first, DraftVisit.visitor_2_id == second)


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
