"""A swap that both visitors told the coordinator they want: it changes at once, and both read so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.rules.cover import CoverAnswer, CoverKind, CoverState, open_until
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services.cover.errors import CoverError
from icv.services.cover.fitting import refuse_unfit_swap
from icv.services.cover.hands import exchange
from icv.services.cover.holding import NOT_YOURS, hold_duties_with_people, hold_open_requests
from icv.services.cover.settling import settle_of_duty
from icv.services.cover.telling import tell_swapped
from icv.services.letters import PageAddress
from icv.services.rota.calendars import CalendarLink, calendar_files
from icv.store.cover import CoverAsk, CoverRequest, DutyInHand, Request, duties_in_hand
from icv.store.rota import keep_others_from_publishing
from icv.store.trail import note


def swap_agreed(
    session: Session,
    duty_id: int,
    offered_duty_id: int,
    words: str,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """For the coordinator alone, to whom both agreed; every rule still holds. Raises CoverError."""
    if not by.may(Action.ACT_FOR_VISITOR):
        raise CoverError(NOT_YOURS)
    keep_others_from_publishing(session)
    duties = hold_duties_with_people(session, {duty_id, offered_duty_id})
    own, other = _to_give(session, (duty_id, offered_duty_id), choices, at)
    refuse_unfit_swap(session, own, other, choices, is_told_all=True)
    over = hold_open_requests(session, duties)
    exchange(session, duties[own.id], duties[other.id], for_own=True, for_other=True, by=by, at=at)
    settle_of_duty(session, over, by=by.account_id, at=at)
    request = _on_record(session, own, other, words.strip(), by=by, at=at)
    note(session, "swap as both agreed", "duty", own.id, by=by.account_id, at=at, request=request.id)
    session.flush()
    link = CalendarLink(page("/duties/"), choices.feed_shows_suite)
    files = calendar_files(session, [own.visit_id, other.visit_id], link)
    tell_swapped(session, request, other, page, files, by=by, at=at)


def _to_give(
    session: Session, duty_ids: Sequence[int], choices: Choices, at: datetime
) -> Sequence[DutyInHand]:
    """Both, in that order, while each is still its holder's to give."""
    found, today = duties_in_hand(session, duty_ids), london_day(at)
    for duty_id in duty_ids:
        duty = found.get(duty_id)
        if duty is None or not duty.is_to_come or today > open_until(duty.week_starts_on, choices):
            raise CoverError("That visit can no longer be swapped. Choose another.", field="offered")
    return [found[duty_id] for duty_id in duty_ids]


def _on_record(
    session: Session, own: DutyInHand, other: DutyInHand, words: str, *, by: Actor, at: datetime
) -> Request:
    """As one that was asked and agreed to, so that it reads like any other."""
    made = CoverRequest(
        duty_id=own.id,
        kind=CoverKind.SWAP,
        state=CoverState.TAKEN,
        words=words,
        asked_at=at,
        asked_by_id=by.account_id,
        settled_at=at,
        taken_by_id=other.person_id,
    )
    session.add(made)
    session.flush()
    answered = {"asked_at": at, "answer": CoverAnswer.YES, "answered_at": at}
    session.add(CoverAsk(request_id=made.id, person_id=other.person_id, offered_duty_id=other.id, **answered))
    taken = CoverState.TAKEN, words, at, at, other.person_id, other.name
    return Request(own, made.id, CoverKind.SWAP, *taken, by_coordinator=True)
