"""The appointment's page: visits on probation, reviews, confirmation, terms."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.requirements import Requirement
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.people import Card, Person, Review, Term
from icv.store.trail import TrailEntry
from icv.store.visits import Report
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def on_probation(make: Workshop) -> Person:
    began = date(2025, 10, 1)
    person: Person = make.person(
        Stage.PROBATION, name="Tam Reed", appointed_on=began, on=began, probation_ends_on=date(2026, 3, 31)
    )
    return person


def accompanied(make: Workshop, person: Person, partner: Person, on: date, went_well: str = "") -> None:
    arrived_at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    suite = make.suite(f"Suite of {on:%d %b}")
    visit = make.visit(suite, partner, person, week=on, outcome=Outcome.COMPLETED, arrived_at=arrived_at)
    said = {"checks": {"ready": "yes"}, "went_well": went_well, "work_on": "", "person_id": person.id}
    make.keep(Report(visit_id=visit.id, begun_at=NOW, filed_at=NOW, content={"trainee": said}))


def test_visits_on_probation_are_counted_each_with_what_was_said(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person, partner = on_probation(make), make.person(name="Ann Hart")
    accompanied(make, person, partner, date(2025, 10, 8), "Put people at their ease")
    accompanied(make, person, partner, date(2025, 11, 5))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "2 of 6 accompanied visits made" in browser.text
    browser.follow("Visits on probation, reviews and renewal")
    assert "Probation lasts until 31 March 2026. 2 of 6 accompanied visits made." in browser.text
    assert "8 Oct 2025 at Suite of 08 Oct Suite of 08 Oct Ann Hart completed" in browser.text
    assert "Put people at their ease" in browser.text
    assert "read vetting" in session.scalars(sa.select(TrailEntry.act)).all()


def test_the_page_asks_as_much_of_the_database_for_many_visits_as_for_few(
    browse_as: Browse, make: Workshop
) -> None:
    person, partner = on_probation(make), make.person()
    accompanied(make, person, partner, date(2025, 10, 8))
    browser = browse_as(Role.COORDINATOR)
    counts = []
    for more in (0, 12):
        for week in range(more):
            accompanied(make, person, partner, date(2025, 10, 15) + timedelta(weeks=week))
        counts += [len(browser.get(f"/people/{person.id}{path}").queries) for path in ("", "/appointment")]
    assert counts[:2] == counts[2:]


def test_a_review_is_recorded_and_the_appointment_confirmed(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = on_probation(make)
    make.keep(Card(person_id=person.id, number="101", issued_on=date(2025, 10, 2)))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment")
    assert "no review of the probation" in browser.text
    browser.follow("Record a review").send({"outcome": "go_on", **day(TODAY, "held_on"), "notes": "Calm"})
    assert "Review of probation: to go on 4 March 2026" in browser.text
    assert "Nothing stands in the way" in browser.text
    browser.follow("Confirm the appointment").send({**day(TODAY)})
    assert "the stage is now “active”" in browser.text
    assert "Confirm the appointment" not in browser.text
    assert session.scalars(sa.select(Review.kind)).all() == [ReviewKind.PROBATION]


def test_what_is_missing_is_said_before_and_after_trying(browse_as: Browse, make: Workshop) -> None:
    person = on_probation(make)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment/confirm")
    assert "The scheme asks for this first" in browser.text
    browser.send({**day(TODAY), "reason": "She is good"}, status=422)
    assert "She is good" in browser.html
    assert Requirement.REVIEW.words in browser.text


def test_a_review_that_cannot_be_keeps_what_was_typed(browse_as: Browse, make: Workshop) -> None:
    person = on_probation(make)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment/review")
    browser.send({"outcome": "end", "notes": ""}, status=422)
    assert "Say why, in a sentence or two" in browser.text
    browser.send({**day(TODAY + timedelta(days=1), "held_on"), "notes": "Late twice"}, status=422)
    assert "still to come" in browser.text
    assert "Late twice" in browser.html


def test_probation_is_extended_with_a_reason_that_stays(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = on_probation(make)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment")
    browser.follow("Extend the probation")
    assert 'value="30"' in browser.html, "three months on are offered"
    browser.send({"reason": "Only two visits"})
    assert "lasts until 30 June 2026" in browser.text
    assert "Probation extended to 30 June 2026 from 31 March 2026: Only two visits" in browser.text
    assert session.scalars(sa.select(Review.outcome)).all() == [ReviewOutcome.EXTEND]


def test_a_term_is_renewed_from_the_day_after_and_never_twice(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(appointed_on=date(2001, 3, 4))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment")
    assert "25 years of service" in browser.text
    browser.follow("Renew the term").send()
    assert "The new term of" in browser.text
    terms = session.execute(sa.select(Term.starts_on, Term.ends_on).order_by(Term.id)).all()
    assert terms[1] == (date(2029, 1, 2), date(2032, 1, 1))
    browser.get(f"/people/{person.id}/appointment/renew").send(day(date(2031, 1, 1), "starts_on"), status=422)
    assert "It overlaps the term from 2 January 2029 until 1 January 2032" in browser.text


def test_somebody_not_appointed_has_no_appointment_to_look_at(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.VETTING)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appointment")
    assert "Not appointed yet" in browser.text
    browser.get(f"/people/{person.id}/appointment/confirm").send(status=422)
    assert "has not been appointed" in browser.text


def test_nobody_else_sees_an_appointment(browse_as: Browse, make: Workshop) -> None:
    person = on_probation(make)
    browser = browse_as(Role.VOLUNTEER, person=person)
    for path in ("", "/review", "/confirm", "/extend", "/renew"):
        browser.get(f"/people/{person.id}/appointment{path}", status=403)
    browse_as(Role.COORDINATOR).get("/people/999/appointment", status=404)
