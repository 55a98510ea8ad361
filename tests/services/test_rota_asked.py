"""What the planner is asked: people, suites and what is settled already; on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.people import Conflict
from icv.store.suites import SuitePeriod
from tests.services.rotas import FOUR_WEEKS, MONDAY, built
from tests.workshop import NOW, TODAY, Workshop


def visitor_in(problem: desk.Asked, person_id: int) -> object:
    return next(one for one in problem.problem.visitors if one.key == person_id)


def test_only_people_in_office_are_asked(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(Stage.VETTING)
    make.person(Stage.LEFT, left_on=MONDAY)
    leaving = make.person(left_on=MONDAY + timedelta(days=10))
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert list(asked.people) == [leaving.id]
    assert visitor_in(asked, leaving.id).cleared[-1][1] == MONDAY + timedelta(days=9)


def test_a_probationer_is_known_as_one(session: Session, make: Workshop) -> None:
    make.suite()
    person = make.person(Stage.PROBATION)
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, person.id).probation == visitor_in(asked, person.id).cleared != ()


def test_who_has_not_answered_is_taken_as_free_and_counted(session: Session, make: Workshop) -> None:
    make.suite()
    silent, nothing_to_add, evenings = make.person(), make.person(), make.person()
    session.add(Availability(person_id=nothing_to_add.id, given_at=NOW))
    session.add(Availability(person_id=evenings.id, given_at=NOW, wanted_a_month=2, most_a_month=3))
    session.flush()
    session.add_all(
        [
            FreeSlot(person_id=evenings.id, weekday=2, band=3),
            FreeSlot(person_id=evenings.id, weekday=2, band=9),
        ]
    )
    drawn = built(session, most_visits_a_month=5)
    assert visitor_in(drawn.asked, silent.id).free is None
    assert len(visitor_in(drawn.asked, nothing_to_add.id).free) == 35
    assert visitor_in(drawn.asked, evenings.id).free == {(2, 3)}
    assert (
        visitor_in(drawn.asked, evenings.id).wanted_a_month,
        visitor_in(drawn.asked, evenings.id).most_a_month,
    ) == (2.0, 3)
    assert visitor_in(drawn.asked, silent.id).most_a_month == 5
    assert drawn.as_json()["taken_as_free"] == 1


def test_a_suite_of_a_team_is_visited_by_its_members_and_people_without_one(
    session: Session, make: Workshop
) -> None:
    north, south = make.team("North"), make.team("South")
    of_north, of_nobody = make.suite(team_id=north.id), make.suite()
    member, other, free = make.person(team_id=north.id), make.person(team_id=south.id), make.person()
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, member.id).suites == {of_north.id, of_nobody.id}
    assert visitor_in(asked, other.id).suites == {of_nobody.id}
    assert visitor_in(asked, free.id).suites is None


def test_conflicts_and_days_away_are_kept_to(session: Session, make: Workshop) -> None:
    suite = make.suite()
    one, other = make.person(), make.person()
    session.add_all(
        [
            Conflict(person_id=one.id, with_person_id=other.id, declared_on=date(2025, 1, 1)),
            Conflict(person_id=one.id, suite_id=suite.id, declared_on=date(2025, 1, 1), ended_on=MONDAY),
            DaysAway(person_id=other.id, first_on=MONDAY, last_on=MONDAY + timedelta(days=6)),
        ]
    )
    session.flush()
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, one.id).barred_people == {other.id}
    assert visitor_in(asked, one.id).barred_suites == set()
    assert visitor_in(asked, other.id).away == ((MONDAY, MONDAY + timedelta(days=6)),)


def test_what_was_done_before_is_carried_over(session: Session, make: Workshop) -> None:
    suite = make.suite()
    busy, partner, idle = make.person(), make.person(), make.person()
    for weeks_ago in (4, 8):
        make.visit(suite, busy, partner, week=MONDAY - timedelta(weeks=weeks_ago))
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, busy.id).carried_visits == pytest.approx(2 - 4 / 3, abs=0.01)
    assert visitor_in(asked, idle.id).carried_visits == pytest.approx(-4 / 3, abs=0.01)
    assert asked.problem.past_pairs == ((busy.id, partner.id, 2),)
    assert visitor_in(asked, busy.id).last_suite == suite.id


def test_arrivals_of_the_year_before_count_as_covered(session: Session, make: Workshop) -> None:
    suite = make.suite()
    tuesday = MONDAY - timedelta(days=6)
    for day, outcome in ((tuesday, Outcome.COMPLETED), (tuesday, Outcome.ABANDONED)):
        make.visit(suite, arrived_at=datetime.combine(day, time(11), tzinfo=UTC), outcome=outcome, week=day)
    make.visit(
        suite,
        arrived_at=datetime(2024, 1, 3, 11, tzinfo=UTC),
        outcome=Outcome.COMPLETED,
        week=date(2024, 1, 3),
    )
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert asked.problem.suites[0].covered == (((1, 1), 1),)


def test_visits_of_other_rotas_stand_in_the_way_but_not_those_planned_anew(
    session: Session, make: Workshop
) -> None:
    suite = make.suite()
    person = make.person()
    make.visit(suite, person, week=MONDAY)
    make.visit(suite, person, week=MONDAY - timedelta(weeks=1))
    extra = make.visit(suite, person, week=MONDAY, is_scheduled=False)
    make.visit(
        suite,
        person,
        week=MONDAY,
        is_scheduled=False,
        outcome=Outcome.CANCELLED,
        cancelled_on=TODAY,
        reason="closed",
    )
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert [duty.week_starts for duty in asked.problem.duties] == [
        MONDAY - timedelta(weeks=1),
        extra.week_starts_on,
    ]


def test_contingency_periods_are_not_planned(session: Session, make: Workshop) -> None:
    suite = make.suite()
    suite.periods = [SuitePeriod(opens_on=date(2020, 1, 1), visits_a_week=1, kind="contingency")]
    session.flush()
    assert built(session).as_json()["visits"] == built(session).as_json()["unfilled"] == []


def test_too_many_weeks_are_refused_in_words(session: Session, make: Workshop) -> None:
    make.suite()
    with pytest.raises(RotaError, match="at most 53 weeks"):
        built(session, Period(MONDAY, MONDAY + timedelta(weeks=54)))
