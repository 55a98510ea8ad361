"""The scheme's courses on their pages: added, renamed, retired."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.courses import INITIAL_TRAINING
from icv.store.courses import Course
from icv.store.people import Training
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.training.conftest import Browse, taken
from tests.workshop import TODAY, Workshop


def test_a_new_scheme_is_led_from_nothing_to_its_first_session(browser: Browser, make: Workshop) -> None:
    browser.get("/people/training/")
    assert "No courses yet" in browser.text
    browser.follow("Courses").send(button="Add these courses")
    assert "3 courses added" in browser.text
    browser.follow("Sessions").follow("Add a session")
    browser.send(
        {
            **day(TODAY + timedelta(days=20), "starts_at"),
            "starts_at-clock": "18:00",
            "ends_at": "20.30",
            "place": "Town Hall",
            "places": "12",
        },
        button="Add",
    )
    assert browser.heading == INITIAL_TRAINING
    assert "Tuesday 24 March 2026, 18:00 to 20:30" in browser.text
    assert "0 of 12 taken" in browser.text


def test_a_course_is_renamed_with_its_trainings_retired_and_offered_again(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    person = make.person()
    person.trainings.append(Training(course="Refresher", trained_on=TODAY))
    browser.get("/people/training/courses/").follow("Refresher")
    browser.send({"name": "Yearly day", "valid_months": "24"}, button="Save")
    assert "Yearly day is changed. 1 training on record renamed with it." in browser.text
    assert taken(session, person) == [("Yearly day", TODAY, None)]
    assert "is retired" in browser.send(button="Retire").text
    assert "No courses yet" in browser.get("/people/training/add").text
    assert "is offered again" in browser.get("/people/training/courses/").send(button="Offer again").text


def test_a_course_that_cannot_be_keeps_all_that_was_typed(browser: Browser, refresher: Course) -> None:
    browser.get("/people/training/courses/add")
    browser.send({"name": "REFRESHER", "valid_months": "12"}, button="Add", status=422)
    assert "There is a course of this name already" in browser.text
    assert 'value="REFRESHER"' in browser.html
    assert "must be a whole number" in browser.send({"valid_months": "a year"}, button="Add", status=422).text


def test_what_is_not_on_record_is_not_found(browser: Browser) -> None:
    for path in ("", "/book", "/change", "/cancel", "/attendance"):
        browser.get(f"/people/training/999{path}", status=404)
    browser.get("/people/training/courses/999", status=404)
    browser.get("/people/training/due?course=999", status=404)
    browser.post("/people/training/999/unbook/1", status=404)
    browser.post("/people/training/courses/999/retire")
    assert "not in the catalogue any more" in browser.text


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_nobody_else_opens_any_of_it(browse_as: Browse, make: Workshop, role: Role) -> None:
    browser = browse_as(role, person=make.person())
    for path in ("training/", "training/courses/", "training/due", "training/record", "papers"):
        browser.get(f"/people/{path}", status=403)
    browser.post("/people/training/courses/usual", status=403)
