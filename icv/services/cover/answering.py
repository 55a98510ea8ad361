"""Answers of those who were asked: the first to take a visit has it, a swap changes both at once, or no."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.rules.cover import CoverAnswer, CoverKind, CoverState, open_until
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services.cover.asking import settle_of_duty
from icv.services.cover.errors import CoverError
from icv.services.cover.fitting import refuse_unfit, refuse_unfit_swap
from icv.services.cover.hands import exchange, give
from icv.services.cover.holding import (
    hold_duties,
    hold_requests,
    hold_rotas_and_people,
    is_acting,
    may_act_for,
    request_or_refuse,
)
from icv.services.cover.telling import PageAddress, tell_swapped, tell_taken, write_to
from icv.store.cover import (
    Asked,
    CoverAsk,
    CoverRequest,
    DutyInHand,
    Request,
    duty_in_hand,
    people_asked,
)
from icv.store.people import Person
from icv.store.trail import note

NOT_PUT_TO_YOU = "This was not put to you."
SETTLED = {
    CoverState.TAKEN: "Somebody else has taken this visit before you. Thank you all the same: you need not do"
    " anything.",
    CoverState.WITHDRAWN: "This was withdrawn: nobody else is needed for the visit. Thank you all the same.",
    CoverState.ENDED: "It is too late to take this visit, or it was settled otherwise. The coordinator looks"
    " after it.",
}


def take(
    session: Session,
    request_id: int,
    person_id: int,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """The visit goes to this person, or in a swap each takes the other's. Twice changes nothing.

    Raises CoverError where somebody was quicker, the time is over, or a rule stands against it. The
    coordinator, acting for a visitor, is told every rule and may name somebody who was not asked.
    """
    found = request_or_refuse(session, request_id)
    if not may_act_for(person_id, by):
        raise CoverError(NOT_PUT_TO_YOU)
    ask = session.get(CoverAsk, (request_id, person_id))
    if ask is None and (found.kind is CoverKind.SWAP or not by.may(Action.ACT_FOR_VISITOR)):
        raise CoverError(NOT_PUT_TO_YOU)
    offered_id = ask.offered_duty_id if ask else None
    hold_rotas_and_people(session, {person_id, found.duty.person_id})
    held, others = _hold(session, request_id, offered_id)
    if held.state is CoverState.TAKEN and held.taken_by_id == person_id:
        return
    duties = hold_duties(session, [one for one in (held.duty_id, offered_id) if one is not None])
    found = request_or_refuse(session, request_id)
    _refuse_settled(found, choices, at)
    acting = is_acting(person_id, by)
    if found.kind is CoverKind.COVER:
        refuse_unfit(session, found.duty, person_id, choices, is_told_all=acting)
        give(session, duties[held.duty_id], person_id, for_them=acting, by=by, at=at)
        _settle_taken(session, held, ask, person_id, by=by, at=at)
        tell_taken(session, found, _taker(session, person_id), page, by=by, at=at)
    else:
        other = _other(session, offered_id, choices, at)
        refuse_unfit_swap(session, found.duty, other, choices, is_told_all=acting)
        settle_of_duty(session, others, by=by.account_id, at=at)
        exchange(session, duties[held.duty_id], duties[other.id], for_other=acting, by=by, at=at)
        _settle_taken(session, held, ask, person_id, by=by, at=at)
        tell_swapped(session, found, other, page, by=by, at=at)


def _hold(
    session: Session, request_id: int, offered_id: int | None
) -> tuple[CoverRequest, Sequence[CoverRequest]]:
    """The request, and in a swap those that the other duty has itself, which it ends."""
    of_other = (CoverRequest.duty_id == offered_id) & (CoverRequest.state == CoverState.OPEN)
    held = hold_requests(session, (CoverRequest.id == request_id) | of_other)
    this = next(one for one in held if one.id == request_id)
    return this, [one for one in held if one is not this]


def _refuse_settled(found: Request, choices: Choices, at: datetime) -> None:
    if found.state is not CoverState.OPEN:
        raise CoverError(SETTLED[found.state])
    if not found.duty.is_to_come or london_day(at) > open_until(found.duty.week_starts_on, choices):
        raise CoverError(SETTLED[CoverState.ENDED])


def _other(session: Session, offered_id: int | None, choices: Choices, at: datetime) -> DutyInHand:
    other = duty_in_hand(session, offered_id) if offered_id else None
    if other is None or not other.is_to_come or london_day(at) > open_until(other.week_starts_on, choices):
        raise CoverError("The visit to be given in return is no longer yours to give: nothing is swapped.")
    return other


def _settle_taken(
    session: Session, held: CoverRequest, ask: CoverAsk | None, person_id: int, *, by: Actor, at: datetime
) -> None:
    held.state, held.settled_at, held.taken_by_id = CoverState.TAKEN, at, person_id
    if ask is not None:
        ask.answer, ask.answered_at = CoverAnswer.YES, at
    note(
        session,
        f"take {held.kind.value}",
        "duty",
        held.duty_id,
        by=by.account_id,
        at=at,
        request=held.id,
        person=person_id,
    )
    session.flush()


def _taker(session: Session, person_id: int) -> Asked:
    person = session.get_one(Person, person_id)
    return Asked(person.id, person.name, person.email, CoverAnswer.YES, None)


def refuse(
    session: Session, request_id: int, person_id: int, *, by: Actor, at: datetime, page: PageAddress
) -> None:
    """Says no. Of a request that is settled already nothing changes; the last no is told to whoever asked."""
    found = request_or_refuse(session, request_id)
    ask = session.get(CoverAsk, (request_id, person_id))
    if ask is None or not may_act_for(person_id, by):
        raise CoverError(NOT_PUT_TO_YOU)
    (held,) = hold_requests(session, CoverRequest.id == request_id)
    session.refresh(ask)
    if held.state is not CoverState.OPEN or ask.answer is CoverAnswer.NO:
        return
    ask.answer, ask.answered_at = CoverAnswer.NO, at
    note(
        session,
        f"refuse {held.kind.value}",
        "duty",
        held.duty_id,
        by=by.account_id,
        at=at,
        request=held.id,
        person=person_id,
    )
    session.flush()
    if all(one.answer is CoverAnswer.NO for one in people_asked(session, request_id)):
        _tell_nobody_can(session, found, page, at=at)


def _tell_nobody_can(session: Session, found: Request, page: PageAddress, *, at: datetime) -> None:
    what = (
        "Nobody you asked can take" if found.kind is CoverKind.COVER else "The other visitor would not swap"
    )
    write_to(
        session,
        found.duty,
        "cover nobody can",
        f"request {found.id}",
        "Nobody can take your visit so far",
        f"{what} this visit:\n\n- {found.duty.words}\n\nIt stays yours. You may withdraw it and ask others,"
        f" or say that you cannot make it: {page(f'/duties/{found.duty.id}')}\n",
        at=at,
    )
