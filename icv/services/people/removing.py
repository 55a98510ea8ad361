"""Taking back a dated record that was entered by mistake."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.records import Facts, TrainingFacts, VettingFacts
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.people import TABLES
from icv.store.trail import note
from icv.store.training import Booking, TrainingSession
from icv.store.vetting import extended_on


class Mistake(StrEnum):
    """Why a record is taken back; the trail keeps the word."""

    TWICE = "entered twice"
    SOMEBODY_ELSE = "meant for somebody else"
    NEVER_HAPPENED = "never happened"
    OTHER = "another mistake"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Mistake.TWICE: "It was entered twice",
    Mistake.SOMEBODY_ELSE: "It was meant for somebody else",
    Mistake.NEVER_HAPPENED: "It never happened",
    Mistake.OTHER: "Another mistake",
}


def what_hangs_on(session: Session, kind: type[Facts], record_id: int) -> str | None:
    """Why the record has to stay, as a sentence; None: nothing hangs on it."""
    if kind is VettingFacts and (decided_on := extended_on(session, record_id)):
        return (
            f"This vetting was extended by a decision of {day_in_words(decided_on)}, which stays on record."
            " Change its days instead."
        )
    if kind is TrainingFacts and (taken_at := _session_of(session, record_id)):
        return (
            f"This training comes from the session of {day_in_words(london_day(taken_at))}."
            " Change who attended there instead."
        )
    return None


def remove_record(
    session: Session,
    person_id: int,
    kind: type[Facts],
    record_id: int,
    why: Mistake,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Gone for good: the trail keeps that it was there, when it was entered, and why it is not any more."""
    held_for_change(session, person_id)
    record = session.get(TABLES[kind], record_id)
    if record is None or record.person_id != person_id:
        raise PeopleError("This record is not there any more. Look at the person again.")
    if hanging := what_hangs_on(session, kind, record_id):
        raise PeopleError(hanging)
    session.delete(record)
    session.flush()
    note(
        session,
        f"take back {kind.kind}",
        "person",
        person_id,
        by=by.account_id,
        at=at,
        record=record_id,
        reason=why.value,
    )


def _session_of(session: Session, training_id: int) -> datetime | None:
    return session.scalar(
        sa.select(TrainingSession.starts_at)
        .join(Booking, Booking.session_id == TrainingSession.id)
        .where(Booking.training_id == training_id)
    )
