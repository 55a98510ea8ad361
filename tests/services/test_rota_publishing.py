"""What has come in the way of a draft is said before it is published, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.services.rota.reviewing import Review
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Vetting
from icv.store.rota import Rota, RotaState
from icv.store.visits import Duty, Visit
from tests.statements import statements
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
TWO_WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


def draft(session: Session, period: Period = A_WEEK) -> Rota:
    return desk.draw(session, period, 7, by=None, at=NOW)


def review(session: Session, rota: Rota) -> Review:
    return desk.review_of(session, rota, Choices(), today=TODAY)


def is_away(session: Session, person_id: int, days: Period = A_WEEK) -> None:
    session.add(DaysAway(person_id=person_id, first_on=days.first, last_on=days.last))
    session.flush()


def test_a_draft_nobody_touched_brings_new_visits_and_tells_each_once(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    make.person(name="Ann"), make.person(name="Bo"), make.person(name="Cy"), make.person(name="Di")
    found = review(session, draft(session, TWO_WEEKS))
    assert (found.in_the_way, found.against, found.settled, found.empty) == ((), (), (), ())
    assert [(one.name, one.duties) for one in found.told] == [("Ann", 2), ("Bo", 2), ("Cy", 2), ("Di", 2)]
    assert (found.visits, found.again) == (4, 0)
    assert session.scalars(sa.select(Letter)).all() == []


def test_days_away_given_since_stand_against_the_place_and_are_said(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    ann, _ = make.person(name="Ann"), make.person(name="Bo")
    rota = draft(session)
    before = review(session, rota).seal
    is_away(session, ann.id)
    found = review(session, rota)
    assert [(one.name, one.suite, one.rules) for one in found.against] == [
        ("Ann", "Euston Street", ("Away this week on the days on which they are usually free.",))
    ]
    assert found.seal != before
    with pytest.raises(RotaError, match=r"A rule stands against Ann \(Euston Street, .*Away this week"):
        desk.publish(session, rota, by=None, at=NOW)
    assert rota.state is RotaState.DRAFT
    assert session.scalars(sa.select(Visit)).all() == []


def test_vetting_that_lapsed_since_is_said_of_each(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(name="Ann"), make.person(name="Bo")
    rota = draft(session)
    session.execute(sa.update(Vetting).values(expires_on=TODAY))
    assert [one.rules[0][:11] for one in review(session, rota).against] == ["Not cleared"] * 2


def test_going_on_all_the_same_records_the_reason_with_those_duties_only(
    session: Session, make: Workshop
) -> None:
    make.suite()
    ann, bo = make.person(name="Ann"), make.person(name="Bo")
    rota = draft(session)
    is_away(session, ann.id)
    desk.publish(session, rota, reason=" She comes back for it ", by=None, at=NOW)
    recorded = {duty.person_id: duty.overridden for duty in session.scalars(sa.select(Duty))}
    assert recorded == {ann.id: "She comes back for it", bo.id: ""}


def test_a_reason_recorded_by_hand_is_not_asked_for_again(session: Session, make: Workshop) -> None:
    make.suite()
    ann = make.person(name="Ann")
    is_away(session, ann.id)
    make.person(), make.person()
    rota = draft(session)
    visit_id = next(one.visit_id for one in desk.board_of(session, rota, Choices()).seats)
    desk.put(session, rota, visit_id, 1, ann.id, choices=Choices(), reason="Back early", by=None, at=NOW)
    found = review(session, rota)
    assert found.against == ()
    assert [(one.name, one.reason) for one in found.settled] == [("Ann", "Back early")]
    desk.publish(session, rota, by=None, at=NOW)
    assert set(session.scalars(sa.select(Duty.overridden))) == {"Back early", ""}


def test_what_changed_after_the_review_is_shown_before_anybody_is_told(
    session: Session, make: Workshop
) -> None:
    make.suite()
    ann = make.person(name="Ann")
    make.person(), make.person()
    rota = draft(session)
    seal = review(session, rota).seal
    visit_id = next(one.visit_id for one in desk.board_of(session, rota, Choices()).seats)
    desk.put(session, rota, visit_id, 1, None, choices=Choices(), by=None, at=NOW)
    with pytest.raises(RotaError, match="Something has changed since you looked"):
        desk.publish(session, rota, seal=seal, by=None, at=NOW)
    assert ann.id
    assert session.scalars(sa.select(Letter)).all() == []
    desk.publish(session, rota, seal=review(session, rota).seal, by=None, at=NOW)


def test_an_empty_visit_is_named_with_its_reason(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    ann, _ = make.person(), make.person()
    is_away(session, ann.id)
    (empty,) = review(session, draft(session)).empty
    assert (empty.suite, empty.lacks) == ("Euston Street", 2)
    assert "1 away" in empty.why


def test_a_visit_in_the_place_of_a_cancelled_one_is_said_to_be_so(session: Session, make: Workshop) -> None:
    suite = make.suite()
    make.visit(suite, week=MONDAY, outcome=Outcome.CANCELLED, cancelled_on=TODAY, reason="closed")
    found = review(session, draft(session))
    assert (found.visits, found.again, found.in_the_way) == (1, 1, ())


def test_everything_that_is_in_the_way_is_said_at_once(session: Session, make: Workshop) -> None:
    suite = make.suite("Euston Street")
    ann = make.person(name="Ann")
    make.person()
    rota = draft(session)
    make.visit(suite, week=MONDAY)
    ann.left_on = MONDAY
    session.flush()
    said = review(session, rota).in_the_way
    assert len(said) == 2
    assert "Visits are scheduled already for Euston Street" in said[0]
    assert "Ann leaves before the end" in said[1]


def test_looking_over_asks_the_same_number_of_questions_however_long_the_draft(
    session: Session, make: Workshop
) -> None:
    make.suite(), make.suite()
    for _ in range(6):
        make.person()

    def asked(rota: Rota) -> int:
        with statements(session) as seen:
            review(session, rota)
        return len(seen)

    short = draft(session)
    long = draft(session, Period(MONDAY, MONDAY + timedelta(weeks=8, days=-1)))
    assert asked(short) == asked(long) > 0
