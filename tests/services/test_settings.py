"""Choices, suites and teams, on both databases: what is kept from which day on, and what is refused."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.visits import SuiteKind
from icv.services.settings import SettingsError, choose
from icv.services.suites import (
    Description,
    Opening,
    SuitesError,
    add_suite,
    add_team,
    change_period,
    close_period,
    open_period,
    rename_team,
)
from icv.store.scheme import choices_on
from icv.store.settings import choices_made, last_changes, teams_listed
from icv.store.suites import SuitePeriod, suites_listed
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def test_a_choice_counts_from_its_day_and_the_past_keeps_its_own(session: Session, by: Actor) -> None:
    choose(session, "term_years", 4, effective_on=TODAY, by=by, at=NOW)
    choose(session, "term_years", 5, effective_on=NEXT_WEEK, by=by, at=NOW)
    on = {day: choices_on(session, day).term_years for day in (TODAY - timedelta(days=1), TODAY, NEXT_WEEK)}
    assert list(on.values()) == [3, 4, 5]
    assert [(made.value, made.set_by) for made in choices_made(session, "term_years")] == [
        ("4", by.name),
        ("5", by.name),
    ]


def test_a_choice_planned_is_taken_back_by_choosing_again(session: Session, by: Actor) -> None:
    choose(session, "term_years", 5, effective_on=NEXT_WEEK, by=by, at=NOW)
    choose(session, "term_years", 3, effective_on=NEXT_WEEK, by=by, at=NOW)
    assert choices_on(session, NEXT_WEEK).term_years == 3


@pytest.mark.parametrize(
    ("value", "on", "field"),
    [(0, TODAY, "value"), (3, TODAY, "value"), (4, TODAY - timedelta(days=1), "effective_on")],
)
def test_a_choice_that_cannot_be_is_refused_beside_its_field(
    session: Session, by: Actor, value: int, on: date, field: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        choose(session, "term_years", value, effective_on=on, by=by, at=NOW)
    assert refused.value.field == field


def periods(session: Session, suite_id: int) -> list[tuple[date, date | None, SuiteKind, float]]:
    asked = sa.select(
        SuitePeriod.opens_on, SuitePeriod.closes_on, SuitePeriod.kind, SuitePeriod.visits_a_week
    )
    rows = session.execute(asked.where(SuitePeriod.suite_id == suite_id).order_by(SuitePeriod.opens_on))
    return [tuple(row) for row in rows]


def test_a_period_changed_from_a_day_keeps_what_was_before(session: Session, by: Actor) -> None:
    suite_id = add_suite(session, Description("Euston Street"), Opening(date(2026, 1, 1)), by=by, at=NOW)
    period_id = suites_listed(session)[0].periods[0].id
    reserve = Opening(date(2026, 4, 1), kind=SuiteKind.CONTINGENCY, visits_a_week=0.25)
    change_period(session, suite_id, period_id, reserve, by=by, at=NOW)
    assert periods(session, suite_id) == [
        (date(2026, 1, 1), date(2026, 3, 31), SuiteKind.MAIN, 1.0),
        (date(2026, 4, 1), None, SuiteKind.CONTINGENCY, 0.25),
    ]
    again = Opening(date(2026, 1, 1), visits_a_week=2)
    change_period(session, suite_id, period_id, again, by=by, at=NOW)
    assert periods(session, suite_id)[0][3] == 2
    with pytest.raises(SuitesError, match="Choose a day of this period"):
        change_period(session, suite_id, period_id, Opening(date(2026, 5, 1)), by=by, at=NOW)
    acts = session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts == ["add", "open period", "open period", "change period"]


def test_a_suite_opens_again_after_it_closed(session: Session, make: Workshop, by: Actor) -> None:
    suite = make.suite()
    period = suite.periods[0].id
    make.visit(suite, week=TODAY + timedelta(days=14))
    make.visit(suite, week=TODAY)
    with pytest.raises(SuitesError):
        open_period(session, suite.id, Opening(NEXT_WEEK), by=by, at=NOW)
    assert close_period(session, suite.id, period, NEXT_WEEK, by=by, at=NOW) == 1
    open_period(session, suite.id, Opening(NEXT_WEEK + timedelta(days=1)), by=by, at=NOW)
    with pytest.raises(SuitesError, match="close that one first"):
        close_period(session, suite.id, period, NEXT_WEEK + timedelta(days=1), by=by, at=NOW)
    with pytest.raises(SuitesError, match="it opened on that day"):
        close_period(session, suite.id, period, date(2019, 1, 1), by=by, at=NOW)


def test_a_name_is_taken_however_it_is_written(session: Session, make: Workshop, by: Actor) -> None:
    make.suite("Euston Street")
    with pytest.raises(SuitesError, match="on record already"):
        add_suite(session, Description(" euston  STREET "), Opening(TODAY), by=by, at=NOW)


def test_a_team_is_counted_with_its_people_and_suites(session: Session, make: Workshop, by: Actor) -> None:
    add_team(session, "City", by=by, at=NOW)
    team = teams_listed(session)[0]
    make.person(team_id=team.id)
    make.person(team_id=team.id, left_on=TODAY)
    make.suite(team_id=team.id)
    rename_team(session, team.id, "City and county", by=by, at=NOW)
    rename_team(session, team.id, "city and county", by=by, at=NOW)
    line = teams_listed(session)[0]
    assert (line.name, line.people, line.suites) == ("city and county", 1, 1)
    assert last_changes(session, "team")[team.id].by == by.name
