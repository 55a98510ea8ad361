"""Requests that are over without anybody having taken the visit. Whatever gives a duty on asks for this."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.cover import CoverState
from icv.services.cover.holding import request_or_refuse
from icv.services.cover.telling import tell_not_needed
from icv.store.cover import CoverRequest, people_asked
from icv.store.trail import note


def settle(session: Session, held: CoverRequest, state: CoverState, *, by: int | None, at: datetime) -> None:
    """Without anybody having taken it. `held` is kept from others already."""
    held.state, held.settled_at = state, at
    note(session, f"{state.value} cover", "duty", held.duty_id, by=by, at=at, request=held.id)
    session.flush()


def settle_of_duty(session: Session, held: Collection[CoverRequest], *, by: int | None, at: datetime) -> None:
    """What was asked about a duty that its holder has no more: those asked are told not to mind."""
    for one in held:
        found = request_or_refuse(session, one.id)
        settle(session, one, CoverState.ENDED, by=by, at=at)
        why = "It has been settled otherwise."
        tell_not_needed(session, found, people_asked(session, one.id), why, at=at)
