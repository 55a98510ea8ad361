"""Answering a call for availability: with dates, or with none to add."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.calls import name_of
from icv.rules.days import Period, day_in_words, london_day
from icv.services.availability.errors import AvailabilityError
from icv.services.people.moving import held_for_change
from icv.store.availability import Availability, Call, CallAnswer, has_old_bands
from icv.store.trail import note


def none_to_add(session: Session, call_id: int, *, by: Actor, at: datetime) -> None:
    """What is on record holds for the period too. After dates, or said twice, it changes nothing.

    Raises AvailabilityError once the call is closed, or was not put to the actor.
    """
    nothing_to_add(session, by=by, at=at)
    found = session.execute(
        sa.select(Call, CallAnswer)
        .join(CallAnswer, CallAnswer.call_id == Call.id)
        .where(Call.id == call_id, CallAnswer.person_id == by.person_id)
    ).one_or_none()
    if found is None:
        raise AvailabilityError("You were not asked about these weeks.")
    call, answer = found
    if call.answer_by < london_day(at):
        closed = day_in_words(call.answer_by)
        raise AvailabilityError(
            f"Answers were taken until {closed}. You can still change your times and days away at any time."
        )
    if answer.answered_at is None:
        _note_answer(session, answer, False, by=by, at=at)
    session.flush()


def answered_with_dates(session: Session, days: Period | None, *, by: Actor, at: datetime) -> list[str]:
    """Notes dates given as the answer to the actor's open calls, those only that ask about some of the days
    (None: all). The periods of calls that had no answer before, in words.

    The actor's own record must be held for change.
    """
    asked = (
        sa.select(Call, CallAnswer)
        .join(CallAnswer, CallAnswer.call_id == Call.id)
        .where(
            CallAnswer.person_id == by.person_id,
            Call.answer_by >= london_day(at),
            CallAnswer.had_dates.is_(None) | CallAnswer.had_dates.is_(False),
        )
        .order_by(Call.first_on, Call.id)
    )
    if days is not None:
        asked = asked.where(Call.first_on <= days.last, Call.last_on >= days.first)
    answered_now = []
    for call, answer in session.execute(asked).all():
        if answer.answered_at is None:
            answered_now.append(name_of(Period(call.first_on, call.last_on)))
        _note_answer(session, answer, True, by=by, at=at)
    session.flush()
    return answered_now


def nothing_to_add(session: Session, *, by: Actor, at: datetime) -> None:
    """An answer too: what was given before stays as it is.

    Times marked on other bands stay as old as they are, so that their page goes on asking for them anew.
    """
    answer = held_answer(session, by, at)
    if not has_old_bands(session, answer.given_at, london_day(at)):
        answer.given_at = at
    note(session, "nothing to add to availability", "person", by.person_id, by=by.account_id, at=at)
    session.flush()


def held_answer(session: Session, by: Actor, at: datetime) -> Availability:
    """What the actor said, begun where they never said anything; their record is held for change."""
    held_for_change(session, by.person_id or 0)
    answer = session.get(Availability, by.person_id, with_for_update=True)
    if answer is None:
        answer = Availability(person_id=by.person_id, given_at=at)
        session.add(answer)
    return answer


def _note_answer(session: Session, answer: CallAnswer, had_dates: bool, *, by: Actor, at: datetime) -> None:
    answer.answered_at, answer.had_dates = at, had_dates
    act = "give dates to availability call" if had_dates else "nothing to add to availability call"
    note(session, act, "person", by.person_id, by=by.account_id, at=at, call=answer.call_id)
