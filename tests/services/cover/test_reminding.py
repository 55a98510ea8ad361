"""Reminders of requests and of duties: who has them, and how often."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services import cover as desk
from icv.services.cover.last_days import end_requests
from icv.services.cover.nudging import remind_of_requests
from icv.services.duty_reminders import remind_of_duties
from icv.services.reminding import REMINDERS
from icv.store.letters import Letter
from icv.store.people import Person
from tests.services.cover.conftest import IN_FOUR_WEEKS, WEEK, Pair, page
from tests.workshop import NOW, Workshop

Reminder = Callable[..., None]


def day_by_day(session: Session, reminder: Reminder, days: int) -> None:
    for hours in range(0, 24 * days, 12):
        reminder(session, Choices(), page, NOW + timedelta(hours=hours))


def days_before(session: Session, person: Person, subject: str) -> list[int]:
    asked = sa.select(Letter.made_at).where(Letter.to_email == person.email, Letter.subject.contains(subject))
    return [(IN_FOUR_WEEKS - at.date()).days for at in session.scalars(asked.order_by(Letter.id))]


def test_those_asked_are_reminded_from_three_weeks_to_one_day(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    day_by_day(pair.session, remind_of_requests, 40)
    assert days_before(pair.session, pair.cy, "Still open") == [21, 14, 7, 3, 2, 1]
    assert days_before(pair.session, pair.di, "Still open") == []


def test_nobody_is_reminded_of_what_is_settled(pair: Pair) -> None:
    pair.take(pair.ask(pair.cy, pair.di), pair.cy)
    day_by_day(pair.session, remind_of_requests, 40)
    assert days_before(pair.session, pair.di, "Still open") == []


def test_unanswered_duties_are_reminded_of_more_often_than_accepted_ones(pair: Pair, make: Workshop) -> None:
    pair.visit.week_starts_on += WEEK
    pair.visit.week_ends_on += WEEK
    visit = make.visit(pair.suite, week=IN_FOUR_WEEKS)
    make.duty(visit, pair.cy, state=DutyState.OFFERED)
    make.duty(visit, pair.di, place=2)
    for state in (DutyState.DECLINED, DutyState.RELEASED):
        make.duty(visit, make.person(name=state.value), state=state)
    day_by_day(pair.session, remind_of_duties, 40)
    assert days_before(pair.session, pair.cy, "Please answer") == [14, 7, 3]
    assert days_before(pair.session, pair.di, "Coming up") == [7, 1]
    asked = sa.select(Person.name).join(Letter, Letter.to_email == Person.email)
    assert set(pair.session.scalars(asked)) == {"Ann", "Bo", "Cy", "Di"}


def test_reminders_of_cover_and_duties_are_among_those_that_go_out() -> None:
    assert {end_requests, remind_of_requests, remind_of_duties} <= set(REMINDERS)
    assert len({one.__module__.rsplit(".", 1)[-1] for one in REMINDERS}) == len(REMINDERS)
