"""Visits made on probation: which are counted, and what was said of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from icv.rules.report import Three
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.people import Person, StageStep, standings
from icv.store.probation import AccompaniedVisit, accompanied_visits
from icv.store.visits import Report, Visit
from tests.workshop import NOW, Workshop

BEGAN, CONFIRMED = date(2025, 10, 1), date(2026, 2, 1)


def trainee(make: Workshop) -> Person:
    person = make.person(Stage.PROBATION, on=BEGAN)
    make.keep(StageStep(person_id=person.id, stage=Stage.ACTIVE, on=CONFIRMED, made_at=NOW))
    return person


def made(make: Workshop, *pair: Person, on: date, **more: Any) -> Visit:
    arrived_at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return make.visit(
        None, *pair, week=on, outcome=more.pop("outcome", Outcome.COMPLETED), arrived_at=arrived_at, **more
    )


def of(session: Session, person: Person) -> list[AccompaniedVisit]:
    return accompanied_visits(session, person.id, standings(session, [person.id])[person.id])


def test_visits_of_the_probation_alone_are_listed_latest_first(session: Session, make: Workshop) -> None:
    person, partner = trainee(make), make.person(name="Ann Hart")
    one = timedelta(days=1)
    for day in (BEGAN - one, BEGAN, CONFIRMED - one, CONFIRMED):
        made(make, person, partner, on=day)
    make.visit(None, person, partner, week=BEGAN + timedelta(days=20))
    assert [(visit.on, visit.partner, visit.counts) for visit in of(session, person)] == [
        (CONFIRMED - one, "Ann Hart", True),
        (BEGAN, "Ann Hart", True),
    ]
    assert of(session, partner) == []


def test_only_a_visit_made_in_company_and_to_its_end_counts(session: Session, make: Workshop) -> None:
    person, partner = trainee(make), make.person()
    made(make, person, on=BEGAN)
    made(make, person, partner, on=BEGAN + timedelta(days=8), outcome=Outcome.ABANDONED)
    made(make, person, partner, on=BEGAN + timedelta(days=16))
    assert [visit.counts for visit in of(session, person)] == [True, False, False]


def test_what_the_report_says_of_them_is_read_and_of_somebody_else_is_not(
    session: Session, make: Workshop
) -> None:
    person, other = trainee(make), make.person()
    for day, about, version in ((0, person.id, 2), (8, other.id, 2), (16, None, 1)):
        visit = made(make, person, other, on=BEGAN + timedelta(days=day))
        content: dict[str, Any] = {"form_version": version, "visit": visit.reference}
        if about:
            answers = {"checks": {"ready": "no"}, "went_well": "Calm", "work_on": ""}
            content["trainee"] = {**answers, "person_id": about}
        make.keep(Report(visit_id=visit.id, begun_at=NOW, filed_at=NOW, content=content))
    first, second, third = reversed(of(session, person))
    assert first.note
    assert (first.note.went_well, first.note.checks["ready"]) == ("Calm", Three.NO)
    assert second.note is None
    assert third.note is None
