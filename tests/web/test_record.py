"""A volunteer's own record, through real requests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]


def test_the_record_says_whether_i_may_visit_and_what_is_held(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.PROBATION, name="Asha Patel", phone="07700 900123")
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "You may visit today, with a visitor who is not on probation." in browser.text
    assert "As things stand this ends on 2 January 2029." in browser.text
    assert "Vetting NPPV2 cleared on 1 December 2024; counts until 1 December 2029" in browser.text
    assert "07700 900123" in browser.text


def test_the_record_says_why_i_may_not_visit(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    person.vettings[0].expires_on = TODAY - timedelta(days=1)
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "You may not visit today: vetting expired on 3 March 2026." in browser.text


def test_visits_and_hours_are_mine_alone(browse_as: Browse, make: Workshop) -> None:
    person, other = make.person(), make.person()
    suite = make.suite("Euston Street")
    arrived = datetime(2026, 2, 25, 19, 0, tzinfo=UTC)
    made = {"outcome": Outcome.COMPLETED, "arrived_at": arrived, "left_at": arrived + timedelta(minutes=95)}
    make.visit(suite, person, week=arrived.date(), **made)
    make.visit(suite, person, week=TODAY - timedelta(days=400), outcome=Outcome.COMPLETED)
    make.visit(make.suite("Keyham Lane"), other, week=arrived.date(), **made)
    make.visit(suite, person, week=TODAY)
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "1 in the last twelve months, 2 in all; 1 h 35 min from arriving to leaving" in browser.text
    assert "the time of 1 not being known" in browser.text
    assert "25 Feb 2026 Euston Street completed 95" in browser.text
    assert "Keyham Lane" not in browser.text


def test_i_change_my_telephone_number(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/").follow("Change telephone")
    browser.send({"phone": "call me"}, status=422)
    assert "call me" in browser.html
    browser.send({"phone": "0116 496 0000"})
    assert "Your telephone number is changed." in browser.text
    assert "0116 496 0000" in browser.text


def test_an_account_without_a_record_has_none_to_show(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR)
    browser.get("/record/", status=403)
    browser.get("/record/phone", status=403)
