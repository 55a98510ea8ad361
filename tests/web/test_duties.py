"""A volunteer's own duties, through real requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState, Outcome
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop


def offered(
    make: Workshop, person: object, *, weeks: int = 1, partner: object = None, suite: str = ""
) -> Duty:
    visit = make.visit(make.suite(suite or None), week=TODAY + timedelta(weeks=weeks))
    if partner is not None:
        make.duty(visit, partner, place=2)  # type: ignore[arg-type]
    return make.duty(visit, person, state=DutyState.OFFERED)  # type: ignore[arg-type]


def test_an_empty_list_says_what_to_do_first(browse_as: Callable[..., Browser], make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/duties/")
    assert "No visit waits for you" in volunteer.text
    volunteer.follow("Say when you can visit")


def test_the_next_duty_is_accepted_with_one_button(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    duty = offered(make, person, partner=make.person(name="Bo Sample"), suite="Euston Street")
    offered(make, person, weeks=4, suite="Keyham Lane")
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert "Next: Euston Street" in volunteer.text
    assert "With Bo Sample" in volunteer.text
    assert "Keyham Lane" in volunteer.text
    volunteer.send(button="Accept")
    assert "Accepted: Euston Street" in volunteer.text
    assert session.get_one(Duty, duty.id, populate_existing=True).state is DutyState.ACCEPTED


def test_the_times_that_the_suite_still_lacks_are_shown(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    person, suite = make.person(), make.suite("Euston Street")
    make.visit(suite, person, week=TODAY + timedelta(weeks=1))
    for weeks_ago in (1, 60):
        arrived_at = NOW - timedelta(weeks=weeks_ago)
        make.visit(suite, week=arrived_at.date(), outcome=Outcome.COMPLETED, arrived_at=arrived_at)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert "34 of 35 timeslots" in volunteer.text
    assert "Wednesday 14–18" in volunteer.text
    assert "Wednesday 10–14" not in volunteer.text


def test_looking_at_a_duty_answers_nothing(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    duty = offered(make, person)
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    volunteer.get(f"/duties/{duty.id}").get(f"/duties/{duty.id}/decline")
    volunteer.get(f"/duties/{duty.id}/accept", status=405)
    assert session.get_one(Duty, duty.id, populate_existing=True).state is DutyState.OFFERED


def test_a_declined_duty_leaves_the_list_and_the_partner_sees_an_empty_place(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person, partner = make.person(), make.person(name="Bo Sample")
    duty = offered(make, person, partner=partner)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    volunteer.follow("I can’t").send({"reason": "On holiday"}, button="Give up this visit")
    assert "No visit waits for you" in volunteer.text
    kept = session.get_one(Duty, duty.id, populate_existing=True)
    assert (kept.state, kept.reason) == (DutyState.DECLINED, "On holiday")
    other = browse_as(Role.VOLUNTEER, person=partner).get("/duties/")
    assert "Nobody has the other place yet" in other.text
    assert "On holiday" not in other.text


def test_answering_twice_is_harmless(browse_as: Callable[..., Browser], make: Workshop) -> None:
    person = make.person()
    duty = offered(make, person)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    for _ in range(2):
        volunteer.post(f"/duties/{duty.id}/accept")
        assert "Accepted" in volunteer.text
    for _ in range(2):
        volunteer.post(f"/duties/{duty.id}/decline", {"reason": ""})
    volunteer.post(f"/duties/{duty.id}/accept")
    assert "no longer yours" in volunteer.text
    volunteer.get(f"/duties/{duty.id}")
    assert "you declined" in volunteer.text


@pytest.mark.parametrize(("weeks", "is_shown"), [(0, True), (2, True), (3, False)])
def test_the_partners_number_can_be_called_only_near_the_week(
    browse_as: Callable[..., Browser], make: Workshop, weeks: int, is_shown: bool
) -> None:
    person = make.person()
    offered(make, person, weeks=weeks, partner=make.person(phone="+44 7700 900123"))
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert ('href="tel:+447700900123"' in volunteer.html) == is_shown
    assert ("900123" in volunteer.html) == is_shown


@pytest.mark.parametrize("page", ["/duties/{}", "/duties/{}/decline"])
def test_somebody_elses_duty_is_not_found(
    browse_as: Callable[..., Browser], make: Workshop, page: str
) -> None:
    duty = offered(make, make.person())
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/duties/")
    volunteer.get(page.format(duty.id), status=404)
    volunteer.get("/duties/").post(f"/duties/{duty.id}/accept", status=404)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PANEL, Role.POLICE])
def test_duties_are_for_volunteers(browse_as: Callable[..., Browser], role: Role) -> None:
    browse_as(role).get("/duties/", status=403)


def test_past_duties_show_what_became_of_them(browse_as: Callable[..., Browser], make: Workshop) -> None:
    person = make.person()
    make.visit(make.suite("Euston Street"), person, week=TODAY - timedelta(weeks=1))
    make.visit(None, person, week=TODAY - timedelta(weeks=2), outcome=Outcome.MISSED)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert "No visit waits for you" in volunteer.text
    assert "due: start the report" in volunteer.text
    assert "missed" in volunteer.text


def test_the_report_is_started_when_the_week_begins(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    person = make.person()
    make.visit(None, person, week=TODAY)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert "Start the report" in volunteer.text


def test_the_list_asks_the_same_number_of_questions_however_long(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    person = make.person()
    offered(make, person)
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    few = len(volunteer.get("/duties/").queries)
    for weeks in range(2, 12):
        offered(make, person, weeks=weeks, partner=make.person())
    assert len(volunteer.get("/duties/").queries) == few


def test_a_decline_is_told_of_a_visit_that_is_over(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    duty = offered(make, person, weeks=-1)
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    volunteer.get(f"/duties/{duty.id}/decline").send({"reason": "Ill"}, button="Give up", status=422)
    assert "is over" in volunteer.text
    assert "Ill" in volunteer.html
    assert session.scalars(sa.select(Duty.state)).one() is DutyState.OFFERED


def test_a_report_that_is_due_stands_first(browse_as: Callable[..., Browser], make: Workshop) -> None:
    person, last_week = make.person(), TODAY - timedelta(weeks=1)
    visit = make.visit(make.suite("Euston Street"), person, week=last_week)
    make.visit(make.suite("Keyham Lane"), person, week=last_week, outcome=Outcome.COMPLETED)
    make.duty(make.visit(make.suite("Sileby")), person, state=DutyState.DECLINED)
    page = browse_as(Role.VOLUNTEER, person=person).get("/duties/")
    assert "A report is due: Euston Street" in page.text
    assert page.text.count("A report is due") == 1
    page.follow("Write the report")
    assert page.path == f"/visits/{visit.id}/report"
