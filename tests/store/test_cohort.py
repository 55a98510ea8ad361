"""The cohort's questions, on both databases: who is asked about, and what open suites want."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.clearance import clearance
from icv.rules.days import ONE_DAY
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage
from icv.rules.visits import SuiteKind
from icv.store.cohort import Planned, members, planned_on
from icv.store.people import Agreement, Card, Declaration, Term, Vetting
from icv.store.suites import SuitePeriod
from tests.workshop import NOW, TODAY, Workshop


def test_members_are_the_visitors_of_the_day_and_of_later_ones(session: Session, make: Workshop) -> None:
    north = make.team("North")
    make.person(name="bo", team_id=north.id)
    make.person(name="Al", left_on=TODAY + ONE_DAY)
    make.person(Stage.LEFT, name="Gone", left_on=TODAY)
    make.person(name="To come", appointed_on=date(2027, 1, 1))
    make.person(Stage.TRAINING, name="Not yet")
    found = members(session, TODAY)
    assert [(one.name, one.team) for one in found] == [("Al", None), ("bo", "North"), ("To come", None)]
    assert [one.is_in_office(TODAY) for one in found] == [True, True, False]
    assert not found[0].is_in_office(TODAY + ONE_DAY)
    assert all(one.standing.vettings for one in found)


def test_members_are_asked_for_in_always_as_many_queries(session: Session, make: Workshop) -> None:
    asked: list[str] = []
    make.person()
    session.flush()
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    members(session, TODAY)
    once = len(asked)
    for _ in range(5):
        make.person()
    session.flush()
    asked.clear()
    members(session, TODAY)
    assert len(asked) == once


@pytest.mark.parametrize("need", Need)
def test_what_one_need_looks_at_is_enough_to_tell_whether_it_is_met(
    session: Session, make: Workshop, need: Need
) -> None:
    """One person meets nothing; another all but what ended yesterday, a change declared among it."""
    make.person(Stage.TRAINING, appointed_on=TODAY - ONE_DAY)
    ended = make.person()
    yesterday = TODAY - ONE_DAY
    session.execute(sa.update(Vetting).values(expires_on=yesterday))
    session.execute(sa.update(Term).values(ends_on=yesterday))
    session.add(Agreement(person_id=ended.id, version="1", signed_on=yesterday))
    session.add(Card(person_id=ended.id, number="1", issued_on=yesterday, expires_on=yesterday))
    for kind in DeclarationKind:
        session.add(Declaration(person_id=ended.id, kind=kind, declared_on=yesterday, made_at=NOW))
    session.flush()
    choices = Choices(clearance_needs=frozenset({need}), agreement_version="2")
    told = [
        [(clearance(one.standing, TODAY, choices).reasons, one.name) for one in found]
        for found in (members(session, TODAY), members(session, TODAY, choices.clearance_needs))
    ]
    assert told[0] == told[1]
    assert any(reasons for reasons, _ in told[0])


def test_only_main_suites_open_on_the_day_want_visits(session: Session, make: Workshop) -> None:
    assert planned_on(session, TODAY) == Planned(0, 0)
    make.suite()
    monthly = make.suite()
    monthly.periods[0].visits_a_week = 0.25
    monthly.periods.append(SuitePeriod(opens_on=TODAY + ONE_DAY, visits_a_week=9))
    closed = make.suite()
    closed.periods[0].closes_on = TODAY - ONE_DAY
    last_day = make.suite()
    last_day.periods[0].closes_on = TODAY
    spare = make.suite()
    spare.periods[0].kind = SuiteKind.CONTINGENCY
    session.flush()
    assert planned_on(session, TODAY) == Planned(3, 2.25)
