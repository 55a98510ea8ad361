"""Answers to duties: a visitor accepts a place on a visit, or says that they cannot."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refusals import Refusal
from icv.rules.visits import DutyState
from icv.store.trail import note
from icv.store.visits import Duty, Visit


class DutyError(Refusal):
    """Why a duty cannot be answered so, in a sentence that may be shown."""


def accept(session: Session, duty_id: int, *, by: Actor, at: datetime) -> None:
    """Accepting twice changes nothing. Raises DutyError for a duty that can no longer be accepted."""
    duty = _own(session, duty_id, by)
    if duty.state is DutyState.ACCEPTED:
        return
    _refuse_late(session, duty, at)
    if duty.state is not DutyState.OFFERED:
        raise DutyError(
            "This visit is no longer yours to accept. Ask the coordinator if you would like to make it."
        )
    _answer(session, duty, DutyState.ACCEPTED, "accept duty", by=by, at=at)


def decline(session: Session, duty_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Leaves the place open; also after accepting. Declining twice changes nothing. Raises DutyError."""
    duty = _own(session, duty_id, by)
    if duty.state in {DutyState.DECLINED, DutyState.RELEASED}:
        return
    _refuse_late(session, duty, at)
    duty.reason = reason.strip()
    _answer(session, duty, DutyState.DECLINED, "decline duty", by=by, at=at)


def _own(session: Session, duty_id: int, by: Actor) -> Duty:
    duty = session.scalar(
        sa.select(Duty).where(Duty.id == duty_id, Duty.person_id == by.person_id).with_for_update()
    )
    if duty is None:
        raise DutyError("This visit is not on your list.")
    return duty


def _refuse_late(session: Session, duty: Duty, at: datetime) -> None:
    visit = session.get_one(Visit, duty.visit_id)
    if visit.outcome is not None or visit.week_ends_on < london_day(at):
        raise DutyError("This visit is over: tell the coordinator if what stands there is wrong.")


def _answer(session: Session, duty: Duty, state: DutyState, act: str, *, by: Actor, at: datetime) -> None:
    duty.state, duty.sequence, duty.changed_at = state, duty.sequence + 1, at
    note(session, act, "duty", duty.id, by=by.account_id, at=at)
    session.flush()
