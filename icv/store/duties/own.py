"""Somebody's own duties, with the partner on each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.strands import TITLES
from icv.rules.timeslots import Slot
from icv.rules.visits import HELD, DutyState, Outcome, VisitKind
from icv.store.people import Person
from icv.store.rota import DraftVisit
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Duty, Report, Visit


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
    kind: VisitKind = VisitKind.CUSTODY

    @property
    def strand(self) -> str:
        """Record review, or dog-welfare visit; empty for a visit to detainees."""
        return TITLES.get(self.kind, "")

    @property
    def where(self) -> str:
        """Record review: Euston Street; of a visit to detainees the suite alone."""
        return f"{self.strand}: {self.suite}" if self.strand else self.suite

    def may_agree_time(self, on: date) -> bool:
        """Whether there is a time to settle with somebody: accepted, not alone, and the week not over."""
        is_to_come = self.outcome is None and self.week_ends_on >= on and not self.strand
        return is_to_come and self.state is DutyState.ACCEPTED and self.partner_id is not None


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
            PLACE_OF_VISIT,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Duty.state,
            Visit.outcome,
            Report.filed_at,
            other.person_id,
            sa.func.coalesce(partner.name, ""),
            sa.case((may_call, sa.func.coalesce(partner.phone, "")), else_=""),
            other.state,
            Visit.kind,
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
