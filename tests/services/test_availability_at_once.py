"""Two at once about availability, each in a transaction of its own, on both databases."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services import availability as desk
from icv.services import duties
from icv.store.availability import Availability, Call, CallAnswer, DaysAway
from icv.store.engine import reading, writing
from icv.store.letters import Letter
from icv.store.visits import Duty
from tests.services.at_once import Act, at_once
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def address(path: str) -> str:
    return f"https://icv.example{path}"


def number(engine: sa.Engine, table: type) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_of_two_coordinators_asking_at_once_one_is_told_that_visitors_are_asked(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        make.person()
        first, second = (make.actor(Role.COORDINATOR) for _ in range(2))
        session.commit()

    def asking(by: Actor) -> Act:
        return lambda session: desk.ask_visitors(session, WEEK, TODAY, address_of_page=address, by=by, at=NOW)

    told = at_once(apart, asking(first), asking(second))
    assert sorted("already" in refusal for refusal in told) == [False, True], told
    assert (number(apart, Call), number(apart, CallAnswer), number(apart, Letter)) == (1, 1, 1)


def test_by_hand_and_by_the_clock_at_once_everybody_is_reminded_once(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        people = [make.person() for _ in range(5)]
        by = make.actor(Role.COORDINATOR)
        call = make.keep(Call(first_on=WEEK.first, last_on=WEEK.last, answer_by=WEEK.last, asked_at=NOW))
        for person in people:
            make.keep(CallAnswer(call_id=call.id, person_id=person.id))
        call_id, at = call.id, NOW + timedelta(days=9)
        session.commit()
    at_once(
        apart,
        lambda session: desk.chase_by_hand(session, call_id, address_of_page=address, by=by, at=at),
        lambda session: desk.chase_calls(session, Choices(), address, at),
    )
    assert number(apart, Letter) == 5


def test_two_taps_answer_once_and_the_same_days_are_stored_once(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        person = make.person()
        me = make.actor(Role.VOLUNTEER, person=person)
        call = make.keep(Call(first_on=WEEK.first, last_on=WEEK.last, answer_by=TODAY, asked_at=NOW))
        make.keep(CallAnswer(call_id=call.id, person_id=person.id))
        call_id = call.id
        session.commit()

    def none(session: Session) -> None:
        desk.none_to_add(session, call_id, by=me, at=NOW)

    def days(session: Session) -> None:
        desk.add_days_away(session, WEEK.first, WEEK.first, by=me, at=NOW)

    assert at_once(apart, none, none, days, days) == ["", "", "", ""]
    assert (number(apart, Availability), number(apart, DaysAway)) == (1, 1)
    with reading(apart) as session:
        assert session.scalars(sa.select(CallAnswer.had_dates)).one() is True


def test_a_duty_accepted_and_given_back_at_once_ends_given_back(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        person = make.person()
        make.account(Role.COORDINATOR)
        me = make.actor(Role.VOLUNTEER, person=person)
        duty_id = make.duty(make.visit(week=MONDAY), person, state=DutyState.OFFERED).id
        session.commit()

    def away(session: Session) -> None:
        desk.add_days_away(session, WEEK.first, WEEK.last, giving_back=[duty_id], by=me, at=NOW)

    def accept(session: Session) -> None:
        duties.accept(session, duty_id, by=me, at=NOW)

    told = at_once(apart, away, away, accept)
    assert told[:2] == ["", ""]
    assert not told[2] or "no longer yours" in told[2]
    with reading(apart) as session:
        duty = session.get_one(Duty, duty_id)
        assert (duty.state, duty.sequence) == (DutyState.RELEASED, 1 if told[2] else 2)
    assert (number(apart, DaysAway), number(apart, Letter)) == (1, 1)
