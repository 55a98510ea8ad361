"""Calls for availability: put to every visitor of a period, and chased once."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.calls import chase_on
from icv.rules.days import Period, day_in_words, london_day
from icv.rules.scheme import Choices
from icv.services.availability.errors import FURTHEST, AvailabilityError
from icv.services.availability.telling import write_calls
from icv.services.letters import PageAddress
from icv.store.availability import (
    Call,
    CallAnswer,
    Called,
    calls_about,
    to_be_asked,
)
from icv.store.people import Person
from icv.store.trail import note

NOT_JUST_ASKED = timedelta(days=2)
"""Whoever was asked later than the others is not reminded before that."""


def ask_visitors(
    session: Session,
    period: Period,
    answer_by: date,
    *,
    address_of_page: PageAddress,
    by: Actor,
    at: datetime,
) -> Call:
    """Writes to everybody who visits on some day of the period. Raises AvailabilityError.

    Of the same weeks visitors are asked once at a time: an open call for some of them stands in the way.
    """
    today = london_day(at)
    _refuse_impossible(period, answer_by, today)
    _refuse_asked_already(session, period, today)
    people = to_be_asked(session, period)
    if not people:
        raise AvailabilityError(
            "Nobody visits in these weeks. Add visitors, or record who is back from leave, first."
        )
    call = _begun(session, period, answer_by, by=by, at=at)
    session.add_all(CallAnswer(call_id=call.id, person_id=person.id) for person in people)
    session.flush()
    write_calls(session, call, people, address_of_page, at=at)
    ids = [person.id for person in people]
    note(session, "ask for availability", "availability call", call.id, by=by.account_id, at=at, people=ids)
    return call


def _begun(session: Session, period: Period, answer_by: date, *, by: Actor, at: datetime) -> Call:
    call = Call(
        first_on=period.first,
        last_on=period.last,
        answer_by=answer_by,
        asked_at=at,
        asked_by_id=by.account_id,
    )
    try:
        with session.begin_nested():
            session.add(call)
    except sa.exc.IntegrityError:  # asked by somebody else at the same moment
        _refuse_asked_already(session, period, london_day(at))
        raise
    return call


def _refuse_asked_already(session: Session, period: Period, today: date) -> None:
    for other in calls_about(session, period):
        until = day_in_words(other.answer_by)
        if other.is_open(today):
            raise AvailabilityError(
                f"Visitors are being asked about {other.name} already, until {until}. Look at that call, or"
                " choose other weeks.",
                field="first_on",
            )
        if other.period == period:
            raise AvailabilityError(
                f"Visitors were asked about {other.name}, until {until}. Give them longer on the page of that"
                " call.",
                field="first_on",
            )


def _refuse_impossible(period: Period, answer_by: date, today: date) -> None:
    if period.last < today:
        raise AvailabilityError("These weeks are over. Ask about weeks to come.", field="last_on")
    if period.last > today + FURTHEST:
        raise AvailabilityError("Ask about weeks within the next two years.", field="last_on")
    _refuse_answer_by(period, answer_by, today)


def _refuse_answer_by(period: Period, answer_by: date, today: date) -> None:
    if answer_by < today:
        raise AvailabilityError("Give visitors until today or later to answer.", field="answer_by")
    if answer_by > period.last:
        raise AvailabilityError("By that day the weeks are over. Ask for answers before.", field="answer_by")


def give_longer(session: Session, call_id: int, answer_by: date, *, by: Actor, at: datetime) -> None:
    """Another last day for answers, of a closed call too: it is open again. Raises AvailabilityError."""
    call = session.get(Call, call_id, with_for_update=True)
    if call is None:
        raise AvailabilityError("This call is not on record any more.")
    _refuse_answer_by(Period(call.first_on, call.last_on), answer_by, london_day(at))
    if answer_by == call.answer_by:
        return
    call.answer_by = answer_by
    note(session, "change availability call", "availability call", call.id, by=by.account_id, at=at)
    session.flush()


def chase_by_hand(
    session: Session, call_id: int, *, address_of_page: PageAddress, by: Actor, at: datetime
) -> int:
    """Reminds whoever has neither answered nor been reminded; how many. Raises AvailabilityError."""
    call = session.get(Call, call_id, with_for_update=True)
    if call is None or call.answer_by < london_day(at):
        raise AvailabilityError("This call is closed: nobody is reminded of it any more.")
    chased = _chase(session, call, address_of_page, by=by.account_id, at=at)
    if not chased:
        raise AvailabilityError("Everybody has answered, or has been reminded: nobody is reminded twice.")
    return chased


def chase_calls(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Reminds once, some days before the call closes, whoever was not reminded by hand before."""
    today = london_day(at)
    is_silent = sa.exists().where(
        CallAnswer.call_id == Call.id, CallAnswer.answered_at.is_(None), CallAnswer.chased_at.is_(None)
    )
    still_open = sa.select(Call).where(Call.answer_by >= today, is_silent).order_by(Call.id)
    for call in session.scalars(still_open.with_for_update()).all():
        if chase_on(london_day(call.asked_at), call.answer_by) <= today:
            _chase(session, call, address_of_page, by=None, at=at, after=NOT_JUST_ASKED)


def _chase(
    session: Session,
    call: Call,
    address_of_page: PageAddress,
    *,
    by: int | None,
    at: datetime,
    after: timedelta = timedelta(),
) -> int:
    """`after`: so long whoever was asked later than the others has had at least.

    With the call held for change, so that of two who remind at once the second finds nobody.
    """
    rows = session.execute(
        sa.select(CallAnswer, Person.id, Person.name, Person.email)
        .join(Person, Person.id == CallAnswer.person_id)
        .where(
            CallAnswer.call_id == call.id,
            CallAnswer.answered_at.is_(None),
            CallAnswer.chased_at.is_(None),
            CallAnswer.asked_later_at.is_(None) | (CallAnswer.asked_later_at <= at - after),
            Person.left_on.is_(None) | (Person.left_on > london_day(at)),
        )
        .order_by(Person.id)
        .with_for_update(of=CallAnswer)
        .execution_options(populate_existing=True)
    ).all()
    for answer, *_ in rows:
        answer.chased_at = at
    session.flush()
    people = [Called(*row[1:]) for row in rows]
    write_calls(session, call, people, address_of_page, is_reminder=True, at=at)
    if people:
        ids = [person.id for person in people]
        note(session, "chase availability", "availability call", call.id, by=by, at=at, people=ids)
    return len(people)
