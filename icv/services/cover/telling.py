"""Letters about cover and swaps: each told once to each person, by day; never anybody's telephone number."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.cover import CoverAnswer, CoverKind
from icv.rules.waking import next_waking
from icv.services import letters
from icv.store.accounts import open_accounts
from icv.store.cover import Asked, DutyInHand, Request, people_asked

PageAddress = Callable[[str], str]
"""The full web address of a page of the service, given its path ("/cover/12")."""


class To(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...


def write_to(
    session: Session, to: To, purpose: str, about: str, subject: str, said: str, *, at: datetime
) -> None:
    """One letter, by day. `about` tells it from another of its purpose."""
    letters.write(
        session,
        purpose,
        about,
        to.email,
        subject,
        f"Dear {to.name},\n\n{said}",
        at=at,
        not_before=next_waking(at),
    )


def tell_coordinators(
    session: Session, purpose: str, about: str, subject: str, said: str, *, but: int | None, at: datetime
) -> None:
    """All but whoever did it themselves."""
    for account in open_accounts(session, Role.COORDINATOR):
        if account.id != but:
            write_to(session, account, purpose, f"{about}, account {account.id}", subject, said, at=at)


def tell_asked(
    session: Session,
    request: Request,
    people: Sequence[To],
    offered: DutyInHand | None,
    page: PageAddress,
    *,
    at: datetime,
) -> None:
    """What is asked of each, with one link to a page with one button."""
    link = page(f"/cover/{request.id}")
    words = f"\nThey say: {request.words}\n" if request.words else ""
    who = request.duty.name
    asks = f"The coordinator asks for {who}" if request.by_coordinator else f"{who} asks"
    if request.kind is CoverKind.COVER:
        subject = "Could you take a visit?"
        said = (
            f"{asks} whether somebody else can make this visit:\n\n- {_place(request.duty)}\n{words}\n"
            f"See it, and take it with one button:\n\n{link}\n\n"
            "Whoever takes it first has it. You need not do anything: until somebody takes it, the visit"
            f" stays with {who}.\n"
        )
    else:
        subject = "Would you swap a visit?"
        said = (
            f"{asks} whether you would swap. You would make:\n\n- {_place(request.duty)}\n\nand {who} would"
            f" make yours:\n\n- {_place(offered) if offered else ''}\n{words}\n"
            f"See both, and agree with one button:\n\n{link}\n\n"
            "Nothing changes unless you agree.\n"
        )
    for person in people:
        write_to(
            session, person, "cover asked", f"request {request.id}, {person.email}", subject, said, at=at
        )


def tell_taken(
    session: Session, request: Request, taker: Asked, page: PageAddress, *, by: Actor, at: datetime
) -> None:
    """Who had the visit, who has it now, the other visitor of the pair, and all others who were asked."""
    duty, about = request.duty, f"request {request.id}"
    acted = "The coordinator answered for you: you" if taker.person_id != by.person_id else "You"
    with_whom = f" with {duty.partner}" if duty.partner else ""
    write_to(
        session,
        taker,
        "cover yours",
        about,
        "A visit is now yours",
        f"{acted} have taken this visit, which was {duty.name}’s:\n\n- {duty.words}{with_whom}\n\n"
        f"Agree a day and time with the other visitor: {page('/duties/')}\n",
        at=at,
    )
    _tell_old_and_partner(session, request, taker, at=at)
    others = [one for one in people_asked(session, request.id) if one.person_id != taker.person_id]
    tell_not_needed(session, request, others, "Somebody else has taken this visit.", at=at)


def tell_swapped(
    session: Session, request: Request, other: DutyInHand, page: PageAddress, *, by: Actor, at: datetime
) -> None:
    """Both, and the other visitor of either pair."""
    own, about = request.duty, f"request {request.id}"
    for to, gives, has in ((own, own, other), (other, other, own)):
        acted = "The coordinator answered for you. " if to is other and to.person_id != by.person_id else ""
        with_whom = f" with {has.partner}" if has.partner and has.partner_id != to.person_id else ""
        write_to(
            session,
            to,
            "swap done",
            f"{about}, person {to.person_id}",
            "Your visits are swapped",
            f"{acted}You now make:\n\n- {has.words}{with_whom}\n\nand {has.name} makes, in your place:\n\n"
            f"- {gives.words}\n\nAgree a day and time with the other visitor: {page('/duties/')}\n",
            at=at,
        )
        _tell_partner(session, gives, has.name, at=at)


def _tell_old_and_partner(session: Session, request: Request, taker: Asked, *, at: datetime) -> None:
    duty = request.duty
    write_to(
        session,
        duty,
        "cover found",
        f"request {request.id}",
        "Your visit is covered",
        f"{taker.name} makes this visit in your place:\n\n- {duty.words}\n\n"
        "It is off your list. You need not do anything.\n",
        at=at,
    )
    _tell_partner(session, duty, taker.name, at=at)


class _Partner:
    def __init__(self, duty: DutyInHand) -> None:
        self.name, self.email = duty.partner, duty.partner_email


def _tell_partner(session: Session, duty: DutyInHand, new: str, *, at: datetime) -> None:
    if duty.partner_id is not None:
        write_to(
            session,
            _Partner(duty),
            "partner changed",
            f"duty {duty.id}",
            "Somebody else will visit with you",
            f"{new} now makes this visit with you instead of {duty.name}:\n\n- {duty.words}\n\n"
            "You keep your place. If the two of you had agreed a time, agree it anew.\n",
            at=at,
        )


def tell_not_needed(
    session: Session, request: Request, people: Sequence[Asked], why: str, *, at: datetime
) -> None:
    """Those who have said no are not written to again."""
    for person in people:
        if person.answer is not CoverAnswer.NO:
            write_to(
                session,
                person,
                "cover settled",
                f"request {request.id}, person {person.person_id}",
                "No longer needed: a visit to take",
                f"You were asked about this visit of {request.duty.name}’s:\n\n- {request.duty.words}\n\n"
                f"{why} Thank you all the same: you need not do anything.\n",
                at=at,
            )


def _place(duty: DutyInHand) -> str:
    return f"{duty.words}, with {duty.partner}" if duty.partner else duty.words
