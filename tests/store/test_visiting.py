"""Duties still held: of somebody in a span of days, and of whoever is away in their week."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.people import Person, StageStep
from icv.store.visiting import duties_held_away, duties_still_held
from tests.workshop import NOW, TODAY, Workshop

MONDAY = TODAY - timedelta(days=TODAY.weekday())
WEEK = timedelta(days=7)


def away(make: Workshop, person: Person, first: date, back: date | None = None) -> None:
    make.keep(StageStep(person_id=person.id, stage=Stage.ON_LEAVE, on=first, made_at=NOW))
    if back:
        make.keep(StageStep(person_id=person.id, stage=Stage.ACTIVE, on=back, made_at=NOW))


def test_duties_are_held_until_the_visit_is_made_each_with_its_partner(
    session: Session, make: Workshop
) -> None:
    person, partner = make.person(), make.person(name="Ann Hart")
    make.visit(None, person, partner, week=MONDAY, outcome=Outcome.COMPLETED)
    make.visit(make.suite("Euston Street"), person, week=MONDAY)
    make.visit(make.suite("Keyham Lane"), partner, person, week=MONDAY + WEEK)
    make.visit(None, partner, week=MONDAY)
    make.visit(None, person, partner, week=MONDAY, arrived_at=NOW)  # there already; the report is to come
    words = [duty.words for duty in duties_still_held(session, person.id, TODAY)]
    assert words == [
        "Euston Street, week of 2 March to 8 March 2026",
        "Keyham Lane, week of 9 March to 15 March 2026, with Ann Hart",
    ]
    assert len(duties_still_held(session, person.id, TODAY, MONDAY + WEEK)) == 1
    assert len(duties_still_held(session, person.id, MONDAY + WEEK)) == 1


@pytest.mark.parametrize(
    ("first", "back", "is_away"),
    [
        (MONDAY, None, True),
        (MONDAY + WEEK, MONDAY + 2 * WEEK, True),
        (MONDAY + WEEK, MONDAY + 2 * WEEK - timedelta(days=1), False),
        (MONDAY + WEEK + timedelta(days=1), None, False),
        (MONDAY + 2 * WEEK, None, False),
        (MONDAY, MONDAY + WEEK, False),
    ],
)
def test_a_duty_is_held_away_when_its_whole_week_is(
    session: Session, make: Workshop, first: date, back: date | None, is_away: bool
) -> None:
    person = make.person(name="Asha Patel")
    away(make, person, first, back)
    make.visit(make.suite("Euston Street"), person, make.person(), week=MONDAY + WEEK)
    found = [(one.name, one.suite, one.week_starts_on) for one in duties_held_away(session, TODAY)]
    assert found == ([("Asha Patel", "Euston Street", MONDAY + WEEK)] if is_away else [])
