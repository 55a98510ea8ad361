"""Requests and duties kept from everybody else until the transaction ends.

Always in this order, so that no two acts wait for each other: rotas, people, duties, requests; and by id.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.rules.cover import CoverState
from icv.services.cover.errors import CoverError
from icv.store.cover import CoverRequest, DutyInHand, Request, duty_in_hand, request
from icv.store.people import Person
from icv.store.visits import Duty

NOT_YOURS = "This visit is not on your list."


def hold_people(session: Session, person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Nobody else gives one of these people a duty or takes one away. Their names and addresses, by id."""
    asked = sa.select(Person.id, Person.name, Person.email).where(Person.id.in_(person_ids))
    rows = session.execute(asked.order_by(Person.id).with_for_update())
    return {person_id: (name, email) for person_id, name, email in rows}


def hold_requests(session: Session, *which: sa.ColumnElement[bool]) -> list[CoverRequest]:
    """Read anew, whatever the session knew of them."""
    return list(
        session.scalars(
            sa.select(CoverRequest)
            .where(*which)
            .order_by(CoverRequest.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def hold_open_requests(session: Session, duty_ids: Collection[int]) -> list[CoverRequest]:
    return hold_requests(session, CoverRequest.duty_id.in_(duty_ids), CoverRequest.state == CoverState.OPEN)


def hold_duties(session: Session, duty_ids: Collection[int]) -> dict[int, Duty]:
    found = session.scalars(
        sa.select(Duty)
        .where(Duty.id.in_(duty_ids))
        .order_by(Duty.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {duty.id: duty for duty in found}


def hold_duties_with_people(session: Session, duty_ids: Collection[int]) -> dict[int, Duty]:
    """Each person first, then their duty."""
    found = session.execute(
        sa.select(Person.id, Duty)
        .select_from(Person)
        .join(Duty, Duty.person_id == Person.id)
        .where(Duty.id.in_(duty_ids))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {duty.id: duty for _, duty in found}


def duty_for(session: Session, duty_id: int, by: Actor) -> DutyInHand:
    """A duty that the actor may act on: their own, or anybody's for the coordinator. Raises CoverError."""
    duty = duty_in_hand(session, duty_id)
    if duty is None or not may_act_for(duty.person_id, by):
        raise CoverError(NOT_YOURS)
    return duty


def request_or_refuse(session: Session, request_id: int) -> Request:
    found = request(session, request_id)
    if found is None:
        raise CoverError("This request is not on record any more.")
    return found


def may_act_for(person_id: int, by: Actor) -> bool:
    return person_id == by.person_id or by.may(Action.ACT_FOR_VISITOR)


def is_acting(person_id: int, by: Actor) -> bool:
    """Whether somebody else than the visitor acts."""
    return person_id != by.person_id
