"""Visits made against those hoped for, on both databases, and the same number as on a person's own page."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.activity import Met
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.store.activity import activity_listed, own_activity
from icv.store.people import Person
from icv.store.visiting import visits_of
from tests.workshop import TODAY, Workshop

CHOICES = Choices(expected_visits_a_year=4, least_visits_a_year=2, expected_night_visits_a_year=1)
LAST_YEAR = date(2025, 3, 4)


def visited(make: Workshop, *people: Person, arrived_at: datetime | None = None, **more: object) -> None:
    week = arrived_at.date() if arrived_at else TODAY - timedelta(weeks=2)
    make.visit(None, *people, **{"outcome": Outcome.COMPLETED, "week": week, **more}, arrived_at=arrived_at)


def test_visits_are_counted_as_on_the_person_s_own_page(session: Session, make: Workshop) -> None:
    asha, bo = make.person(name="Asha"), make.person(name="Bo")
    visited(make, asha, bo, arrived_at=datetime(2026, 2, 1, 23, tzinfo=UTC))
    visited(make, asha, arrived_at=datetime(2025, 3, 5, 0, 30, tzinfo=UTC))
    visited(make, asha, arrived_at=datetime(2025, 3, 4, 23, 30, tzinfo=UTC))
    visited(make, asha, outcome=Outcome.NO_ACCESS)
    visited(make, asha, outcome=Outcome.MISSED)
    visited(make, asha, outcome=None)
    visit = make.visit(outcome=Outcome.COMPLETED, week=TODAY - timedelta(weeks=3))
    make.duty(visit, asha, state=DutyState.DECLINED)
    session.flush()
    lines = {line.name: line.activity for line in activity_listed(session, TODAY, CHOICES)}
    assert (lines["Asha"].made, lines["Asha"].nights) == (3, 2)
    assert (lines["Bo"].made, lines["Bo"].nights) == (1, 1)
    for person in (asha, bo):
        assert lines[person.name] == own_activity(session, person.id, TODAY, CHOICES)
        assert lines[person.name].made == visits_of(session, person.id, TODAY).this_year


def test_those_below_the_least_come_first_then_by_name(session: Session, make: Workshop) -> None:
    anna = make.person(name="Anna", appointed_on=LAST_YEAR)
    make.person(name="bea", appointed_on=LAST_YEAR)
    new = make.person(name="Cleo", appointed_on=TODAY - timedelta(days=10))
    make.person(Stage.LEFT, name="Gone", left_on=TODAY)
    make.person(Stage.TRAINING, name="Not yet")
    for _ in range(2):
        visited(make, anna)
    session.flush()
    listed = activity_listed(session, TODAY, CHOICES)
    assert [(line.name, line.activity.met) for line in listed] == [
        ("bea", Met.BELOW_LEAST),
        ("Anna", Met.FEWER),
        ("Cleo", Met.AS_HOPED),
    ]
    found = own_activity(session, new.id, TODAY, CHOICES)
    assert found
    assert found.expected == 0
    assert found.share == 11 / 365


def test_nobody_never_appointed_has_a_year(session: Session, make: Workshop) -> None:
    assert own_activity(session, make.person(Stage.VETTING).id, TODAY, CHOICES) is None
    assert own_activity(session, 999, TODAY, CHOICES) is None
    assert activity_listed(session, TODAY, CHOICES) == []


def test_the_list_asks_as_much_for_many_as_for_one(session: Session, make: Workshop) -> None:
    make.person()
    asked: list[str] = []
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    activity_listed(session, TODAY, CHOICES)
    once = len(asked)
    for _ in range(4):
        visited(make, make.person())
    session.flush()
    asked.clear()
    activity_listed(session, TODAY, CHOICES)
    assert len(asked) == once
