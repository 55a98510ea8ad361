"""Calls for availability on both databases: whom they reach, how they are answered, chased once."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services import availability as desk
from icv.services.availability import AvailabilityError
from icv.services.reminding import REMINDERS
from icv.store.availability import (
    call_line,
    call_seen_by,
    calls,
    calls_open_to,
    has_answered,
    open_calls,
    replies,
    to_be_asked,
)
from icv.store.letters import Letter
from icv.store.people import Person, StageStep
from tests.workshop import NOW, TODAY, Workshop

SPRING = Period(date(2026, 3, 30), date(2026, 6, 28))
ANSWER_BY = TODAY + timedelta(days=20)


def address(path: str) -> str:
    return f"https://icv.example{path}"


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def asked(
    session: Session, by: Actor, period: Period = SPRING, answer_by: date = ANSWER_BY, at: datetime = NOW
) -> int:
    return desk.ask_visitors(session, period, answer_by, address_of_page=address, by=by, at=at).id


def hourly(session: Session, at: datetime) -> None:
    desk.chase_calls(session, Choices(), address, at)


def subjects(session: Session, person: Person) -> list[str]:
    return list(
        session.scalars(sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id))
    )


def step(make: Workshop, person: Person, stage: Stage, on: date) -> None:
    make.keep(StageStep(person_id=person.id, stage=stage, on=on, made_at=NOW))


def test_whoever_visits_on_some_day_of_the_period_is_asked(session: Session, make: Workshop) -> None:
    make.person(name="Active")
    make.person(Stage.PROBATION, name="Probation")
    back = make.person(Stage.ON_LEAVE, name="Back in May")
    step(make, back, Stage.ACTIVE, date(2026, 5, 4))
    late = make.person(Stage.ON_LEAVE, name="Back too late")
    step(make, late, Stage.ACTIVE, date(2026, 7, 6))
    make.person(Stage.ON_LEAVE, name="On leave")
    make.person(Stage.SUSPENDED, name="Suspended")
    make.person(Stage.APPLIED, name="Applicant")
    going = make.person(name="Going on leave in May")
    step(make, going, Stage.ON_LEAVE, date(2026, 5, 4))
    make.person(Stage.LEFT, name="Gone", left_on=date(2026, 1, 5))
    leaving = make.person(name="Leaving before", left_on=date(2026, 3, 16))
    step(make, leaving, Stage.LEFT, date(2026, 3, 16))
    assert [one.name for one in to_be_asked(session, SPRING)] == [
        "Active",
        "Back in May",
        "Going on leave in May",
        "Probation",
    ]


def test_a_call_is_a_letter_with_two_answers_and_says_what_silence_means(
    session: Session, make: Workshop, by: Actor
) -> None:
    new, known = make.person(), make.person()
    desk.nothing_to_add(session, by=make.actor(Role.VOLUNTEER, person=known), at=NOW)
    call_id = asked(session, by)
    assert subjects(session, new) == ["When can you visit, April to June 2026?"]
    of_new, of_known = session.scalars(sa.select(Letter.body).order_by(Letter.id)).all()
    for body in (of_new, of_known):
        assert f"https://icv.example/availability/calls/{call_id}\n" in body
        assert "https://icv.example/availability/\n" in body
        assert "by 24 March 2026" in body
    assert "count as free at any time" in of_new
    assert "your usual times" in of_known


def test_the_same_weeks_are_not_asked_about_twice_at_a_time(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.person()
    asked(session, by)
    with pytest.raises(AvailabilityError, match="being asked about April to June 2026 already"):
        asked(session, by)
    with pytest.raises(AvailabilityError, match="being asked about"):
        asked(session, by, Period(SPRING.last, SPRING.last + timedelta(days=20)))
    after = NOW + timedelta(days=21)
    with pytest.raises(AvailabilityError, match="Give them longer"):
        asked(session, by, answer_by=ANSWER_BY + timedelta(days=9), at=after)
    later = Period(SPRING.after, SPRING.after + timedelta(days=90))
    asked(session, by, later, at=NOW)
    assert len(calls(session, TODAY)) == 2


@pytest.mark.parametrize(
    ("period", "answer_by", "refusal"),
    [
        (Period(TODAY - timedelta(days=9), TODAY - timedelta(days=1)), TODAY, "over"),
        (Period(TODAY, TODAY + timedelta(days=3000)), TODAY, "two years"),
        (SPRING, TODAY - timedelta(days=1), "until today or later"),
        (SPRING, SPRING.after, "before"),
    ],
)
def test_a_call_that_cannot_be_is_refused(
    session: Session, make: Workshop, by: Actor, period: Period, answer_by: date, refusal: str
) -> None:
    make.person()
    with pytest.raises(AvailabilityError, match=refusal):
        asked(session, by, period, answer_by)


def test_a_call_that_reaches_nobody_is_refused(session: Session, make: Workshop, by: Actor) -> None:
    make.person(Stage.APPLIED)
    with pytest.raises(AvailabilityError, match="Nobody visits in these weeks"):
        asked(session, by)


def test_none_to_add_answers_the_call_and_leaves_what_was_given(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person()
    me = make.actor(Role.VOLUNTEER, person=person)
    call_id = asked(session, by)
    for _ in range(2):
        desk.none_to_add(session, call_id, by=me, at=NOW + timedelta(hours=1))
    (reply,) = replies(session, call_id, TODAY)
    assert (reply.had_dates, reply.answered_at) == (False, NOW + timedelta(hours=1))
    assert has_answered(session, person.id)
    assert open_calls(session, TODAY)[0].unanswered == 0


def test_dates_answer_the_call_they_lie_in_and_outdo_none_to_add(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person()
    me = make.actor(Role.VOLUNTEER, person=person)
    call_id = asked(session, by)
    outside = desk.add_days_away(session, TODAY, TODAY, by=me, at=NOW)
    assert (list(outside.answered), call_line(session, call_id, TODAY).answered) == ([], 0)  # type: ignore[union-attr]
    desk.none_to_add(session, call_id, by=me, at=NOW)
    inside = desk.add_days_away(session, SPRING.first, SPRING.first, by=me, at=NOW)
    assert list(inside.answered) == []
    assert replies(session, call_id, TODAY)[0].had_dates
    desk.none_to_add(session, call_id, by=me, at=NOW)
    assert replies(session, call_id, TODAY)[0].had_dates


def test_giving_the_usual_times_answers_every_open_call(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    me = make.actor(Role.VOLUNTEER, person=person)
    first = asked(session, by)
    second = asked(session, by, Period(SPRING.after, SPRING.after + timedelta(days=90)))
    assert desk.give(session, [(0, 1)], None, None, by=me, at=NOW) == [
        "April to June 2026",
        "July to September 2026",
    ]
    assert desk.give(session, [(0, 1)], None, None, by=me, at=NOW) == []
    assert [call.answered for call in calls(session, TODAY)] == [1, 1]
    assert {call.id for call in calls_open_to(session, person.id, TODAY)} == {first, second}


def test_a_closed_call_takes_no_answer_and_is_open_again_when_given_longer(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person()
    me = make.actor(Role.VOLUNTEER, person=person)
    call_id = asked(session, by)
    after = NOW + timedelta(days=21)
    with pytest.raises(AvailabilityError, match="until 24 March 2026"):
        desk.none_to_add(session, call_id, by=me, at=after)
    desk.give(session, [], None, None, by=me, at=after)
    assert call_line(session, call_id, TODAY).answered == 0  # type: ignore[union-attr]
    assert calls_open_to(session, person.id, after.date()) == []
    with pytest.raises(AvailabilityError, match="today or later"):
        desk.give_longer(session, call_id, ANSWER_BY, by=by, at=after)
    desk.give_longer(session, call_id, after.date(), by=by, at=after)
    desk.none_to_add(session, call_id, by=me, at=after)
    assert call_line(session, call_id, TODAY).answered == 1  # type: ignore[union-attr]


def test_nobody_sees_or_answers_a_call_not_put_to_them(session: Session, make: Workshop, by: Actor) -> None:
    make.person()
    call_id = asked(session, by)
    newcomer = make.actor(Role.VOLUNTEER, person=make.person())
    assert call_seen_by(session, newcomer, call_id) is None
    with pytest.raises(AvailabilityError, match="not asked"):
        desk.none_to_add(session, call_id, by=newcomer, at=NOW)


def test_silence_is_chased_once_a_week_before_the_end(session: Session, make: Workshop, by: Actor) -> None:
    assert desk.chase_calls in REMINDERS
    silent, quick = make.person(), make.person()
    call_id = asked(session, by)
    desk.none_to_add(session, call_id, by=make.actor(Role.VOLUNTEER, person=quick), at=NOW)
    for days in range(23):
        for hour in (9, 15):
            hourly(session, NOW.replace(hour=hour) + timedelta(days=days))
    reminder = "Reminder: when can you visit, April to June 2026?"
    assert subjects(session, silent)[1:] == [reminder]
    assert len(subjects(session, quick)) == 1
    (chased_at,) = {one.chased_at for one in replies(session, call_id, TODAY) if one.chased_at}
    assert chased_at.date() == ANSWER_BY - timedelta(days=7)


def test_whoever_is_reminded_by_hand_is_not_reminded_again(
    session: Session, make: Workshop, by: Actor
) -> None:
    silent, gone = make.person(), make.person()
    call_id = asked(session, by)
    gone.left_on = TODAY
    session.flush()
    assert desk.chase_by_hand(session, call_id, address_of_page=address, by=by, at=NOW) == 1
    with pytest.raises(AvailabilityError, match="nobody is reminded twice"):
        desk.chase_by_hand(session, call_id, address_of_page=address, by=by, at=NOW)
    hourly(session, NOW + timedelta(days=15))
    assert (len(subjects(session, silent)), len(subjects(session, gone))) == (2, 1)
    with pytest.raises(AvailabilityError, match="closed"):
        desk.chase_by_hand(session, call_id, address_of_page=address, by=by, at=NOW + timedelta(days=30))


def test_whoever_has_left_is_in_no_number(session: Session, make: Workshop, by: Actor) -> None:
    gone, _ = make.person(), make.person()
    call_id = asked(session, by)
    gone.left_on = TODAY + timedelta(days=2)
    session.flush()
    line = call_line(session, call_id, TODAY)
    assert line
    assert (line.asked, line.answered, line.unchased) == (2, 0, 2)
    later = call_line(session, call_id, TODAY + timedelta(days=2))
    assert later
    assert (later.asked, later.unchased) == (1, 1)


def newly_asked(session: Session, at: datetime) -> None:
    desk.ask_newcomers(session, Choices(), address, at)


def test_whoever_begins_after_the_call_is_asked_too_once_until_the_same_day(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.person()
    call = asked(session, by)
    late = make.person(Stage.PROBATION, name="Late Comer")
    for hours in (24, 25):
        newly_asked(session, NOW + timedelta(hours=hours))
    (letter,) = session.scalars(sa.select(Letter).where(Letter.to_email == late.email))
    assert "The others were asked on 4 March 2026, before you began" in letter.body
    assert "by 24 March 2026" in letter.body
    assert "you count as free at any time" in letter.body
    line = call_line(session, call, TODAY)
    assert line
    assert (line.asked, line.answered) == (2, 0)
    assert [one.asked_later_at is not None for one in replies(session, call, TODAY)].count(True) == 1
    desk.none_to_add(session, call, by=make.actor(Role.VOLUNTEER, person=late), at=NOW + timedelta(days=2))
    line = call_line(session, call, TODAY)
    assert line
    assert line.answered == 1


def test_nobody_is_asked_of_a_closed_call_until_it_is_open_for_longer(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.person()
    call = asked(session, by)
    late = make.person(Stage.PROBATION)
    after = NOW + timedelta(days=21)
    newly_asked(session, after)
    assert subjects(session, late) == []
    desk.give_longer(session, call, ANSWER_BY + timedelta(days=7), by=by, at=after)
    newly_asked(session, after)
    assert len(subjects(session, late)) == 1


def test_a_newcomer_is_not_reminded_of_what_they_were_asked_a_moment_ago(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.person()
    asked(session, by)
    late = make.person(Stage.PROBATION)
    at = NOW + timedelta(days=15)
    newly_asked(session, at)
    hourly(session, at + timedelta(hours=1))
    assert len(subjects(session, late)) == 1
    hourly(session, at + timedelta(days=2))
    assert len(subjects(session, late)) == 2


def test_applicants_and_leavers_are_not_asked_late(session: Session, make: Workshop, by: Actor) -> None:
    make.person()
    asked(session, by)
    make.person(Stage.APPLIED), make.person(Stage.LEFT, left_on=TODAY)
    newly_asked(session, NOW + timedelta(days=1))
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1
