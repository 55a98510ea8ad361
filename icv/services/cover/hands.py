"""Duties that change hands between visitors: the old one released, a new one accepted, the rota told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.visits import DutyState
from icv.services.rota.publishing import agreed
from icv.store.rota import Rota
from icv.store.visits import Duty, Visit


def give(session: Session, duty: Duty, person_id: int, *, for_them: bool, by: Actor, at: datetime) -> None:
    """A duty given to somebody else is a new one: calendars take the old away and show the new.

    `for_them`: the coordinator answered for whoever has it now.
    """
    _get_up([duty], "covered by another visitor", at)
    session.flush()
    session.execute(sa.insert(Duty), [_seat(duty, person_id, for_them, by=by, at=at)])
    _mark_rotas(session, [duty], at)


def exchange(
    session: Session, own: Duty, other: Duty, *, for_own: bool, for_other: bool, by: Actor, at: datetime
) -> None:
    """Each goes in the other's place, or (should anything fail) neither.

    `for_own` and `for_other`: the coordinator answered for whoever has that duty now.
    """
    _get_up([own, other], "swapped with another visitor", at)
    session.flush()
    seats = [
        _seat(own, other.person_id, for_other, by=by, at=at),
        _seat(other, own.person_id, for_own, by=by, at=at),
    ]
    session.execute(sa.insert(Duty), seats)
    _mark_rotas(session, [own, other], at)


def _get_up(duties: Sequence[Duty], reason: str, at: datetime) -> None:
    for duty in duties:
        duty.become(DutyState.RELEASED, reason, at=at)


def _seat(old: Duty, person_id: int, for_them: bool, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The values of the new duty: both of a swap are written in one statement."""
    values = agreed(old.visit_id, person_id, old.place, by=by.account_id, at=at)
    return {**values, "was_answered_for": for_them}


def _mark_rotas(session: Session, duties: Sequence[Duty], at: datetime) -> None:
    """What was proven of a rota when it was published no longer speaks of it as it is."""
    theirs = sa.select(Visit.rota_id).where(Visit.id.in_([duty.visit_id for duty in duties]))
    for rota in session.scalars(sa.select(Rota).where(Rota.id.in_(theirs)).order_by(Rota.id)):
        rota.certificate = {**rota.certificate, "changed_on": london_day(at).isoformat()}
