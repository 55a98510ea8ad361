"""Answers of those who were asked: the first to take a visit has it, a swap changes both at once, or no."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.rules.cover import CoverAnswer, CoverKind, CoverState, open_until
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.rules.visits import HELD
from icv.services.cover.errors import CoverError
from icv.services.cover.fitting import refuse_unfit, refuse_unfit_swap
from icv.services.cover.hands import exchange, give
from icv.services.cover.holding import (
    hold_duties,
    hold_duties_with_people,
    hold_people,
    hold_requests,
    is_acting,
    may_act_for,
)
from icv.services.cover.settling import settle_of_duty
from icv.services.cover.telling import tell_swapped, tell_taken, write_to
from icv.services.letters import PageAddress
from icv.services.rota.calendars import CalendarLink, Files, calendar_files
from icv.store.cover import (
    Asked,
    CoverAsk,
    CoverRequest,
    DutyInHand,
    Request,
    duty_in_hand,
    people_asked,
    request,
    request_with_asked,
)
from icv.store.rota import keep_others_from_publishing
from icv.store.trail import note
from icv.store.visits import Duty

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
) -> Request | None:
    """The visit goes to this person, or in a swap each takes the other's. Twice changes nothing.

    None for a request that was not put to the person, or that the actor may not answer for them; cover the
    coordinator may give to somebody who was not asked, too. Raises CoverError where somebody was quicker, the
    time is over, or a rule stands against it. The coordinator, acting for a visitor, is told every rule.
    """
    keep_others_from_publishing(session)
    known = request_with_asked(session, request_id)
    found, people = known or (None, [])
    taker = next((one for one in people if one.person_id == person_id), None)
    if found is None or not may_act_for(person_id, by):
        return None
    taker = taker or _not_asked(session, found, person_id, by)
    if taker is None:
        return None
    duties = _hold_duties(session, found, taker)
    held, others = _hold(session, request_id, taker.offered_duty_id)
    if held.state is CoverState.TAKEN and held.taken_by_id == person_id:
        return found
    own = duties[found.duty.id]
    _refuse_settled(held, own, found.duty, choices, at)
    if found.kind is CoverKind.COVER:
        _cover(session, found, own, taker, choices, by=by, at=at)
        _settle_taken(session, held, taker, by=by, at=at)
        rest = [one for one in people if one is not taker]
        tell_taken(session, found, taker, rest, page, _files(session, [own], choices, page), by=by, at=at)
    else:
        other = _swap(session, found, duties, taker, choices, by=by, at=at)
        settle_of_duty(session, others, by=by.account_id, at=at)
        _settle_taken(session, held, taker, by=by, at=at)
        files = _files(session, duties.values(), choices, page)
        tell_swapped(session, found, other, page, files, by=by, at=at)
    return found


def _files(session: Session, duties: Collection[Duty], choices: Choices, page: PageAddress) -> Files:
    link = CalendarLink(page("/duties/"), choices.feed_shows_suite)
    return calendar_files(session, [duty.visit_id for duty in duties], link)


def _not_asked(session: Session, found: Request, person_id: int, by: Actor) -> Asked | None:
    """Somebody whom the coordinator alone may give cover to, on their word; in a swap nobody."""
    may = by.may(Action.ACT_FOR_VISITOR) and found.kind is CoverKind.COVER
    if not may or person_id == found.duty.person_id:
        return None
    known = hold_people(session, {person_id, found.duty.person_id}).get(person_id)
    return Asked(person_id, *known, CoverAnswer.YES, None) if known else None


def _hold_duties(session: Session, found: Request, taker: Asked) -> dict[int, Duty]:
    """With the people: in a swap both have one of the two duties."""
    if taker.offered_duty_id is not None:
        return hold_duties_with_people(session, {found.duty.id, taker.offered_duty_id})
    if taker.answer is not CoverAnswer.YES:  # whoever was not asked is held already
        hold_people(session, {taker.person_id, found.duty.person_id})
    return hold_duties(session, {found.duty.id})


def _hold(
    session: Session, request_id: int, offered_id: int | None
) -> tuple[CoverRequest, Sequence[CoverRequest]]:
    """The request, and in a swap those that the other duty has itself, which it ends."""
    of_other = (CoverRequest.duty_id == offered_id) & (CoverRequest.state == CoverState.OPEN)
    held = hold_requests(session, (CoverRequest.id == request_id) | of_other)
    this = next(one for one in held if one.id == request_id)
    return this, [one for one in held if one is not this]


def _refuse_settled(held: CoverRequest, own: Duty, known: DutyInHand, choices: Choices, at: datetime) -> None:
    if held.state is not CoverState.OPEN:
        raise CoverError(SETTLED[held.state])
    if not _is_to_give(own, known, choices, at):
        raise CoverError(SETTLED[CoverState.ENDED])


def _is_to_give(duty: Duty, known: DutyInHand, choices: Choices, at: datetime) -> bool:
    """Whether it is still its holder's to give, as kept from others now, and not too near."""
    is_in_time = london_day(at) <= open_until(known.week_starts_on, choices)
    return duty.state in HELD and known.outcome is None and is_in_time


def _cover(
    session: Session, found: Request, own: Duty, taker: Asked, choices: Choices, *, by: Actor, at: datetime
) -> None:
    acting = is_acting(taker.person_id, by)
    refuse_unfit(session, found.duty, taker.person_id, choices, is_told_all=acting)
    give(session, own, taker.person_id, for_them=acting, by=by, at=at)


def _swap(
    session: Session,
    found: Request,
    duties: Mapping[int, Duty],
    taker: Asked,
    choices: Choices,
    *,
    by: Actor,
    at: datetime,
) -> DutyInHand:
    """The duty that is given in return, as it was."""
    other = duty_in_hand(session, taker.offered_duty_id) if taker.offered_duty_id else None
    if other is None or not _is_to_give(duties[other.id], other, choices, at):
        raise CoverError("The visit to be given in return is no longer yours to give: nothing is swapped.")
    acting = is_acting(taker.person_id, by)
    refuse_unfit_swap(session, found.duty, other, choices, is_told_all=acting)
    for_both = {"for_own": found.by_coordinator, "for_other": acting}
    exchange(session, duties[found.duty.id], duties[other.id], **for_both, by=by, at=at)
    return other


def _settle_taken(session: Session, held: CoverRequest, taker: Asked, *, by: Actor, at: datetime) -> None:
    held.state, held.settled_at, held.taken_by_id = CoverState.TAKEN, at, taker.person_id
    act, who = f"take {held.kind.value}", taker.person_id
    note(session, act, "duty", held.duty_id, by=by.account_id, at=at, request=held.id, person=who)
    session.flush()
    if taker.answer is CoverAnswer.YES:
        session.add(
            CoverAsk(request_id=held.id, person_id=who, asked_at=at, answered_at=at, answer=taker.answer)
        )
    else:
        _answer(session, held.id, who, CoverAnswer.YES, at)


def _answer(session: Session, request_id: int, person_id: int, answer: CoverAnswer, at: datetime) -> None:
    session.execute(
        sa.update(CoverAsk)
        .where(CoverAsk.request_id == request_id, CoverAsk.person_id == person_id)
        .values(answer=answer, answered_at=at)
        .execution_options(synchronize_session=False)
    )


def refuse(
    session: Session, request_id: int, person_id: int, *, by: Actor, at: datetime, page: PageAddress
) -> Request | None:
    """Says no. Of a request that is settled already nothing changes; the last no is told to whoever asked.

    None for one that was not put to the person, or that the actor may not answer for them.
    """
    found = request(session, request_id)
    (held,) = hold_requests(session, CoverRequest.id == request_id) if found else (None,)
    people = people_asked(session, request_id)
    asked = next((one for one in people if one.person_id == person_id), None)
    if found is None or held is None or asked is None or not may_act_for(person_id, by):
        return None
    if held.state is not CoverState.OPEN or asked.answer is CoverAnswer.NO:
        return found
    _answer(session, request_id, person_id, CoverAnswer.NO, at)
    act = f"refuse {held.kind.value}"
    note(session, act, "duty", held.duty_id, by=by.account_id, at=at, request=held.id, person=person_id)
    session.flush()
    if all(one.answer is CoverAnswer.NO for one in people if one is not asked):
        _tell_nobody_can(session, found, page, at=at)
    return found


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
