"""What the example’s visitors do about duties to come: a call half answered, and a time proposed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.calls import usual_answer_by, usual_period
from icv.rules.days import LONDON, london_day
from icv.rules.visits import DutyState
from icv.services import availability, sealed
from icv.store.availability import CallAnswer
from icv.store.visits import Duty, Visit

CALLED_AGO = timedelta(days=5)


def bring_duties_up_to_date(
    session: Session, last_planned_on: date, coordinator: Actor, volunteer: Actor, *, at: datetime
) -> None:
    _call(session, last_planned_on, coordinator, volunteer, at - CALLED_AGO)
    _propose_a_time(session, coordinator, volunteer, at)


def _call(
    session: Session, last_planned_on: date, coordinator: Actor, volunteer: Actor, at: datetime
) -> None:
    """For the weeks after the rota; two of three have answered, the volunteer has not."""
    period = usual_period(last_planned_on, london_day(at))
    call = availability.ask_visitors(
        session,
        period,
        usual_answer_by(period, london_day(at)),
        address_of_page=lambda path: path,
        by=coordinator,
        at=at,
    )
    asked = session.scalars(
        sa.select(CallAnswer.person_id).where(CallAnswer.call_id == call.id).order_by(CallAnswer.person_id)
    ).all()
    for number, person_id in enumerate(one for one in asked if one != volunteer.person_id):
        if number % 3:
            availability.none_to_add(session, call.id, by=replace(coordinator, person_id=person_id), at=at)


def _propose_a_time(session: Session, coordinator: Actor, volunteer: Actor, at: datetime) -> None:
    """By the partner, for the volunteer's first visit to come that both have accepted."""
    partners = aliased(Duty)
    found = session.execute(
        sa.select(Visit.id, Visit.week_starts_on, partners.person_id)
        .join(Duty, Duty.visit_id == Visit.id)
        .join(partners, (partners.visit_id == Visit.id) & (partners.place != Duty.place))
        .where(
            Duty.person_id == volunteer.person_id,
            Duty.state == DutyState.ACCEPTED,
            partners.state == DutyState.ACCEPTED,
            Visit.week_starts_on > london_day(at),
        )
        .order_by(Visit.week_starts_on)
        .limit(1)
    ).one_or_none()
    if found is None:
        return
    visit_id, monday, partner_id = found
    starts_at = datetime.combine(monday + timedelta(days=5), time(18, 30), LONDON)
    sealed.propose(session, visit_id, starts_at, str, by=replace(coordinator, person_id=partner_id), at=at)
