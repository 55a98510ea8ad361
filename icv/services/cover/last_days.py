"""Requests that nobody took in time: they end, the duty stays with its holder, and the office is told."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from icv.rules.cover import CoverState
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services.cover.holding import hold_requests, request_or_refuse
from icv.services.cover.settling import settle, settle_of_duty
from icv.services.cover.telling import tell_coordinators, write_to
from icv.services.letters import PageAddress
from icv.store.cover import CoverRequest, Request, requests_over


def end_requests(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Also ends what was asked about a duty that somebody else has been given, or a visit called off."""
    over = requests_over(session, before=london_day(at) + timedelta(days=choices.cover_ends_days))
    for held in hold_requests(session, CoverRequest.id.in_(over), CoverRequest.state == CoverState.OPEN):
        found = request_or_refuse(session, held.id)
        if not found.duty.is_to_come:
            settle_of_duty(session, [held], by=None, at=at)
        else:
            settle(session, held, CoverState.ENDED, by=None, at=at)
            _tell_ended(session, found, address_of_page, at=at)


def _tell_ended(session: Session, found: Request, page: PageAddress, *, at: datetime) -> None:
    duty, about = found.duty, f"request {found.id}"
    write_to(
        session,
        duty,
        "cover ended",
        about,
        "Nobody has taken your visit: it stays yours",
        f"Nobody has taken this visit in time:\n\n- {duty.words}\n\nIt stays yours. If you cannot make it,"
        f" say so now, so that the coordinator can look for somebody: {page(f'/duties/{duty.id}')}\n",
        at=at,
    )
    tell_coordinators(
        session,
        "cover ended",
        about,
        f"Nobody has taken {duty.name}’s visit",
        f"{duty.name} asked others to take this visit, and nobody did in time:\n\n- {duty.words}\n\n"
        f"It is still {duty.name}’s. Please speak to them: {page(f'/rota/duties/{duty.id}')}\n",
        but=None,
        at=at,
    )
