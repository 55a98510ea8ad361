"""Notes of interviews with applicants: added, never changed; the latest says whether they are recommended."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.stages import PIPELINE
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change, last_step
from icv.store.people import Interview
from icv.store.trail import note


@dataclass(frozen=True, slots=True)
class InterviewNotes:
    """`interviewers` are named in words: not all have accounts."""

    held_on: date
    interviewers: str
    notes: str
    is_recommended: bool


def note_interview(
    session: Session, person_id: int, noted: InterviewNotes, *, by: Actor, at: datetime
) -> int:
    """The id of the notes. The same notes sent twice are one. Raises PeopleError."""
    person = held_for_change(session, person_id)
    if (last := last_step(session, person_id)) and last.stage not in PIPELINE:
        raise PeopleError(
            f"{person.name} is at the stage “{last.stage.words}”: only applicants are interviewed"
        )
    if noted.held_on > london_day(at):
        raise PeopleError("This day is still to come: enter the day it was held", field="held_on")
    if person.applied_on and noted.held_on < person.applied_on:
        applied = day_in_words(person.applied_on)
        raise PeopleError(f"They applied on {applied}: it cannot have been held before", field="held_on")
    if not noted.notes.strip():
        raise PeopleError("Enter the notes", field="notes")
    kept = Interview(
        person_id=person_id,
        held_on=noted.held_on,
        interviewers=" ".join(noted.interviewers.split()),
        notes=noted.notes.strip(),
        is_recommended=noted.is_recommended,
        made_at=at,
        made_by_id=by.account_id,
    )
    if (same := _same(session, kept)) is not None:
        return same
    session.add(kept)
    session.flush()
    note(session, "note interview", "person", person_id, by=by.account_id, at=at, interview=kept.id)
    return kept.id


def _same(session: Session, kept: Interview) -> int | None:
    return session.scalar(
        sa.select(Interview.id).where(
            Interview.person_id == kept.person_id,
            Interview.held_on == kept.held_on,
            Interview.interviewers == kept.interviewers,
            Interview.notes == kept.notes,
            Interview.is_recommended == kept.is_recommended,
        )
    )
