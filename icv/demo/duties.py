"""What the example’s visitors do about duties to come: answer a call, agree, decline, ask for cover."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.demo.recruitment import appoint_another
from icv.demo.reports import pair_of
from icv.rules.access import Actor
from icv.rules.calls import usual_answer_by, usual_period
from icv.rules.cover import CoverState
from icv.rules.days import LONDON, london_day, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services import availability, duties, sealed
from icv.services.cover import ask_cover, ask_swap, swaps_for, take, who_may_take
from icv.services.cover.holding import duty_for
from icv.store.availability import CallAnswer
from icv.store.cover import CoverRequest
from icv.store.scheme import choices_on
from icv.store.visits import Duty, Visit

CALLED_AGO = timedelta(days=5)
ASKED_AGO = timedelta(days=2)


def bring_duties_up_to_date(
    session: Session, last_planned_on: date, coordinator: Actor, volunteer: Actor, *, at: datetime
) -> None:
    choices = choices_on(session, london_day(at))
    _call(session, last_planned_on, coordinator, volunteer, at - CALLED_AGO)
    appoint_another(session, choices, by=coordinator, at=at)
    _propose_a_time(session, coordinator, volunteer, at)
    _decline_one(session, coordinator, volunteer, at)
    if not _ask_to_swap(session, choices, coordinator, volunteer, at):
        _take_over_and_swap(session, choices, coordinator, volunteer, at)
    _ask_cover(session, choices, coordinator, volunteer, at)


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


def _decline_one(session: Session, coordinator: Actor, volunteer: Actor, at: datetime) -> None:
    """Of the fourth week to come, by somebody who had accepted."""
    monday = monday_of(london_day(at)) + timedelta(weeks=4)
    for duty in _to_come(session, Visit.week_starts_on == monday):
        if volunteer.person_id not in pair_of(session, duty.visit_id):
            by = replace(coordinator, person_id=duty.person_id)
            duties.decline(session, duty.id, "Called to a hospital appointment", by=by, at=at)
            return


def _ask_cover(
    session: Session, choices: Choices, coordinator: Actor, volunteer: Actor, at: datetime
) -> None:
    """Somebody else asks the volunteer and all who are suggested."""
    for duty in _later(session, volunteer, at):
        may_take = who_may_take(session, duty_for(session, duty.id, coordinator), choices)
        asked = {
            one.person_id for one in may_take if one.is_suggested or one.person_id == volunteer.person_id
        }
        if volunteer.person_id in asked:
            by, words = (
                replace(coordinator, person_id=duty.person_id),
                "My daughter’s graduation is that week.",
            )
            ask_cover(session, duty.id, asked, may_take, words, choices=choices, by=by, at=at, page=str)
            return


def _ask_to_swap(
    session: Session, choices: Choices, coordinator: Actor, volunteer: Actor, at: datetime
) -> bool:
    """Somebody else would rather have one of the volunteer’s visits, the last of the rota that fits.

    False where none fits, as when the volunteer’s only visit lies in the week when most are on holiday.
    """
    own = [duty.id for duty in reversed(_to_come(session, Duty.person_id == volunteer.person_id))]
    for duty in reversed(_later(session, volunteer, at)):
        in_hand = duty_for(session, duty.id, coordinator)
        may_swap = swaps_for(session, in_hand, choices, on=london_day(at))
        offered = {one.duty_id for one in may_swap}
        wanted_id = next((one for one in own if one in offered), None)
        if wanted_id:
            by, words = replace(coordinator, person_id=duty.person_id), "I am away for work in that week."
            ask_swap(session, duty.id, wanted_id, may_swap, words, choices=choices, by=by, at=at, page=str)
            return True
    return False


def _take_over_and_swap(
    session: Session, choices: Choices, coordinator: Actor, volunteer: Actor, at: datetime
) -> None:
    """The volunteer takes a visit of somebody else’s over, and more until there is one to swap."""
    for duty in _later(session, volunteer, at):
        may_take = who_may_take(session, duty_for(session, duty.id, coordinator), choices)
        if volunteer.person_id not in {one.person_id for one in may_take}:
            continue
        by, words = replace(coordinator, person_id=duty.person_id), "I start a new job in that week."
        to, asked_at = {volunteer.person_id}, at - ASKED_AGO
        asked = ask_cover(
            session, duty.id, to, may_take, words, choices=choices, by=by, at=asked_at, page=str
        )
        take(session, asked, volunteer.person_id, choices=choices, by=volunteer, at=at, page=str)
        if _ask_to_swap(session, choices, coordinator, volunteer, at):
            return


def _later(session: Session, volunteer: Actor, at: datetime) -> Sequence[Duty]:
    """Duties of others that are some weeks away, and that nobody is asked about yet."""
    away = Visit.week_starts_on > london_day(at) + timedelta(weeks=2)
    asked = sa.exists().where(CoverRequest.duty_id == Duty.id, CoverRequest.state == CoverState.OPEN)
    return _to_come(session, Duty.person_id != volunteer.person_id, away, ~asked)


def _to_come(session: Session, *which: sa.ColumnElement[bool]) -> Sequence[Duty]:
    """Accepted duties of the published rota, by week."""
    return session.scalars(
        sa.select(Duty)
        .join(Visit)
        .where(
            Visit.rota_id.is_not(None),
            Visit.outcome.is_(None),
            Duty.state.in_({DutyState.ACCEPTED, DutyState.OFFERED}),
            *which,
        )
        .order_by(Visit.week_starts_on, Duty.id)
    ).all()
