"""Asking for cover or a swap, and withdrawing it. Until somebody takes it the duty stays with its holder."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.cover import CoverKind, CoverState, asked_until
from icv.rules.days import day_in_words, london_day
from icv.rules.scheme import Choices
from icv.services.cover.errors import CoverError
from icv.services.cover.fitting import MaySwap, MayTake
from icv.services.cover.holding import (
    NOT_YOURS,
    duty_for,
    hold_duties,
    hold_requests,
    is_acting,
    may_act_for,
    request_or_refuse,
)
from icv.services.cover.settling import settle
from icv.services.cover.telling import tell_asked, tell_not_needed, write_to
from icv.services.letters import PageAddress
from icv.store.cover import (
    CoverAsk,
    CoverRequest,
    DutyInHand,
    Request,
    duty_in_hand,
    open_request_of,
    people_asked,
)
from icv.store.trail import note

MOST_WORDS = 500


def why_not_ask(duty: DutyInHand, choices: Choices, *, at: datetime) -> str:
    """Why cover cannot be asked for this duty now; empty where it can."""
    if not duty.is_to_detainees:
        return "This was agreed with the coordinator: tell them if you cannot make it."
    if not duty.is_to_come:
        return "This visit is no longer to be made by its visitor: there is nothing to cover."
    if london_day(at) > asked_until(duty.week_starts_on, choices):
        until = day_in_words(asked_until(duty.week_starts_on, choices))
        return (
            f"Cover and swaps for this visit could be asked for until {until}."
            " It is too near now: tell the coordinator."
        )
    return ""


def ask_cover(
    session: Session,
    duty_id: int,
    person_ids: Collection[int],
    may_take: Collection[MayTake],
    words: str,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> int:
    """The id of the request, put to all of them at once. Raises CoverError.

    `may_take` is what `who_may_take` found in this transaction; whoever takes it is looked at again.
    """
    allowed = {one.person_id: one for one in may_take}
    if not person_ids:
        raise CoverError("Choose at least one visitor to ask.", field="people")
    if not set(allowed).issuperset(person_ids):
        raise CoverError("Somebody you chose may no longer take this visit. Choose again.", field="people")
    people = [allowed[one] for one in sorted(set(person_ids))]
    asked = _ask(session, duty_id, CoverKind.COVER, people, None, words, choices=choices, by=by, at=at)
    _tell(session, asked, people, None, page, by=by, at=at)
    return asked.id


def ask_swap(
    session: Session,
    duty_id: int,
    offered_duty_id: int,
    may_swap: Collection[MaySwap],
    words: str,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> int:
    """Puts it to whoever holds the other duty, who has to agree. `may_swap` as `swaps_for` found it."""
    other = duty_in_hand(session, offered_duty_id)
    if other is None or all(one.duty_id != offered_duty_id for one in may_swap):
        raise CoverError("That visit can no longer be swapped for yours. Choose another.", field="offered")
    asked = _ask(session, duty_id, CoverKind.SWAP, [other], other.id, words, choices=choices, by=by, at=at)
    _tell(session, asked, [other], other, page, by=by, at=at)
    return asked.id


def _ask(
    session: Session,
    duty_id: int,
    kind: CoverKind,
    people: Sequence[MayTake | DutyInHand],
    offered_duty_id: int | None,
    words: str,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
) -> Request:
    hold_duties(session, [duty_id])
    duty = duty_for(session, duty_id, by)
    if why := why_not_ask(duty, choices, at=at):
        raise CoverError(why)
    if open_request_of(session, duty_id):
        raise CoverError("Others are asked about this visit already. Withdraw that first to ask anew.")
    words, by_id = words.strip(), by.account_id
    made = CoverRequest(duty_id=duty_id, kind=kind, words=words, asked_at=at, asked_by_id=by_id)
    session.add(made)
    session.flush()
    session.add_all(
        CoverAsk(request_id=made.id, person_id=one.person_id, offered_duty_id=offered_duty_id, asked_at=at)
        for one in people
    )
    count = len(people)
    note(session, f"ask {kind.value}", "duty", duty_id, by=by_id, at=at, request=made.id, asked=count)
    session.flush()
    acting = is_acting(duty.person_id, by)
    return Request(duty, made.id, kind, CoverState.OPEN, words, at, None, None, "", acting)


def _tell(
    session: Session,
    asked: Request,
    people: Sequence[MayTake | DutyInHand],
    offered: DutyInHand | None,
    page: PageAddress,
    *,
    by: Actor,
    at: datetime,
) -> None:
    tell_asked(session, asked, people, offered, page, at=at)
    if is_acting(asked.duty.person_id, by):
        names = ", ".join(one.name for one in people)
        write_to(
            session,
            asked.duty,
            "cover asked for you",
            f"request {asked.id}",
            "The coordinator asked others about your visit",
            f"The coordinator answered for you and asked {names} about this visit:\n\n"
            f"- {asked.duty.words}\n\n"
            "Until somebody takes it the visit stays yours. To stop it, withdraw the request:"
            f" {page(f'/cover/{asked.id}')}\n",
            at=at,
        )


def withdraw(session: Session, request_id: int, *, by: Actor, at: datetime) -> None:
    """The duty stays with its holder. Twice changes nothing. Raises CoverError once somebody has taken it."""
    found = request_or_refuse(session, request_id)
    if not may_act_for(found.duty.person_id, by):
        raise CoverError(NOT_YOURS)
    (held,) = hold_requests(session, CoverRequest.id == request_id)
    if held.state is CoverState.TAKEN:
        raise CoverError("Somebody has taken this visit already: it is no longer yours to withdraw.")
    if held.state is CoverState.OPEN:
        settle(session, held, CoverState.WITHDRAWN, by=by.account_id, at=at)
        why = f"{found.duty.name} makes it after all, or has settled it otherwise."
        tell_not_needed(session, found, people_asked(session, request_id), why, at=at)
