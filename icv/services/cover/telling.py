"""Letters about cover and swaps: each told once to each person, by day; never anybody's telephone number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.cover import CoverAnswer, CoverKind
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.letters import Addressee, Draft, PageAddress
from icv.services.rota.calendars import NO_FILE, CalendarFile, Files
from icv.store.accounts import open_accounts
from icv.store.cover import Asked, DutyInHand, Request

ANSWERED_FOR = "The coordinator answered for you. "


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whoever is written to, by name and address alone."""

    name: str
    email: str


def write_to(
    session: Session, to: Addressee, purpose: str, about: str, subject: str, said: str, *, at: datetime
) -> None:
    """One letter, by day. `about` tells it from another of its purpose."""
    _send(session, [_draft(to, purpose, about, subject, said)], at=at)


def tell_coordinators(
    session: Session, purpose: str, about: str, subject: str, said: str, *, but: int | None, at: datetime
) -> None:
    """All but whoever did it themselves."""
    accounts = [one for one in open_accounts(session, Role.COORDINATOR) if one.id != but]
    drafts = [_draft(one, purpose, f"{about}, account {one.id}", subject, said) for one in accounts]
    _send(session, drafts, at=at)


def tell_asked(
    session: Session,
    request: Request,
    people: Sequence[Addressee],
    offered: DutyInHand | None,
    page: PageAddress,
    *,
    at: datetime,
) -> None:
    """What is asked of each, with one link to a page with one button. `offered`: in a swap, their duty."""
    who = request.duty.name
    asks = f"The coordinator asks for {who}" if request.by_coordinator else f"{who} asks"
    words = f"\nWith it: {request.words}\n" if request.words else ""
    link = page(f"/cover/{request.id}")
    if offered is None:
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
            f" make yours:\n\n- {_place(offered)}\n{words}\n"
            f"See both, and agree with one button:\n\n{link}\n\n"
            "Nothing changes unless you agree.\n"
        )
    drafts = [
        _draft(one, "cover asked", f"request {request.id}, {one.email}", subject, said) for one in people
    ]
    _send(session, drafts, at=at)


def tell_taken(
    session: Session,
    request: Request,
    taker: Asked,
    others: Sequence[Asked],
    page: PageAddress,
    files: Files,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Who had the visit, who has it now, the other visitor of the pair, and all others who were asked."""
    duty, about = request.duty, f"request {request.id}"
    acted = "The coordinator answered for you: you" if taker.person_id != by.person_id else "You"
    yours = (
        f"{acted} have taken this visit, which was {duty.name}’s:\n\n- {_place(duty)}\n\n"
        f"Agree a day and time with the other visitor: {page('/duties/')}\n"
    )
    covered = (
        f"{taker.name} makes this visit in your place:\n\n- {duty.words}\n\n"
        "It is off your list. You need not do anything.\n"
    )
    file, gone = files.of(taker.person_id, duty.visit_id), files.of(duty.person_id, duty.visit_id)
    drafts = [
        _draft(taker, "cover yours", about, "A visit is now yours", yours, file),
        _draft(duty, "cover found", about, "Your visit is covered", covered, gone),
        *_partner(duty, taker.name),
        *_not_needed(request, others, "Somebody else has taken this visit."),
    ]
    _send(session, drafts, at=at)


def tell_swapped(
    session: Session,
    request: Request,
    other: DutyInHand,
    page: PageAddress,
    files: Files,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Both, and the other visitor of either pair."""
    own = request.duty
    acted = ANSWERED_FOR if other.person_id != by.person_id else ""
    drafts = [
        *_swapped(request, own, other, ANSWERED_FOR if request.by_coordinator else "", page, files),
        *_swapped(request, other, own, acted, page, files),
    ]
    _send(session, drafts, at=at)


def _swapped(
    request: Request, gives: DutyInHand, has: DutyInHand, acted: str, page: PageAddress, files: Files
) -> list[Draft]:
    said = (
        f"{acted}You now make:\n\n- {_place(has)}\n\n"
        f"and {has.name} makes, in your place:\n\n- {gives.words}\n\n"
        f"Agree a day and time with the other visitor: {page('/duties/')}\n"
    )
    about = f"request {request.id}, person {gives.person_id}"
    file = files.of(gives.person_id, has.visit_id, gives.visit_id)
    return [
        _draft(gives, "swap done", about, "Your visits are swapped", said, file),
        *_partner(gives, has.name),
    ]


def _partner(duty: DutyInHand, new: str) -> list[Draft]:
    if duty.partner_id is None:
        return []
    said = (
        f"{new} now makes this visit with you instead of {duty.name}:\n\n- {duty.words}\n\n"
        "You keep your place. If the two of you had agreed a time, agree it anew.\n"
    )
    partner = Somebody(duty.partner, duty.partner_email)
    return [_draft(partner, "partner changed", f"duty {duty.id}", "Somebody else will visit with you", said)]


def tell_not_needed(
    session: Session, request: Request, people: Sequence[Asked], why: str, *, at: datetime
) -> None:
    _send(session, _not_needed(request, people, why), at=at)


def _not_needed(request: Request, people: Sequence[Asked], why: str) -> list[Draft]:
    """Those who have said no are not written to again."""
    what = "take" if request.kind is CoverKind.COVER else "swap"
    said = (
        f"You were asked about this visit of {request.duty.name}’s:\n\n- {request.duty.words}\n\n"
        f"{why} Thank you all the same: you need not do anything.\n"
    )
    return [
        _draft(
            one,
            "cover settled",
            f"request {request.id}, person {one.person_id}",
            f"No longer needed: a visit to {what}",
            said,
        )
        for one in people
        if one.answer is not CoverAnswer.NO
    ]


def _draft(
    to: Addressee, purpose: str, about: str, subject: str, said: str, file: CalendarFile = NO_FILE
) -> Draft:
    body = f"Dear {to.name},\n\n{said}{file.words}"
    return Draft(purpose, about, to.email, subject, body, file.calendar)


def _send(session: Session, drafts: Sequence[Draft], *, at: datetime) -> None:
    letters.write_all(session, drafts, at=at, not_before=next_waking(at))


def _place(duty: DutyInHand) -> str:
    return f"{duty.words}, with {duty.partner}" if duty.partner else duty.words
