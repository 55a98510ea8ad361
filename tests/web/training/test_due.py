"""Who needs which course, and what was taken elsewhere."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.store.courses import Course
from icv.store.people import Card, Training
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.training.conftest import sitting, taken
from tests.workshop import TODAY, Workshop


def test_who_needs_what_says_how_many_of_how_many_and_leads_on(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    ran_out, never, fine = make.person(name="Ann"), make.person(name="Bob"), make.person(name="Cy")
    ran_out.trainings.append(Training(course="Refresher", trained_on=date(2025, 1, 1), expires_on=TODAY))
    fine.trainings.append(Training(course="Refresher", trained_on=TODAY, expires_on=date(2027, 3, 3)))
    session_id = sitting(make, refresher, 10, ran_out).id
    browser.get("/people/training/due")
    assert "2 of 3 in date, 1 of them for 90 days or less." in browser.text
    assert "2 people need it, 1 with a place" in browser.text
    assert browser.text.index("Bob") < browser.text.index("Ann")
    assert "has a place on 14 March 2026 at 12:00" in browser.text
    browser.get(f"/people/training/{session_id}/book?course={refresher.id}&person={never.id}")
    assert browser.html.count("checked") == 1
    browser.get(f"/people/training/record?course={refresher.id}&person={never.id}")
    browser.send(button="Record it for those chosen")
    assert "Recorded for 1 person." in browser.text
    assert taken(session, never) == [("Refresher", TODAY, date(2027, 3, 3))]


def test_from_the_list_of_people_training_is_recorded_for_those_chosen(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    people = [make.person(), make.person(), make.person()]
    ticked = "&".join(f"person={one.id}" for one in people[:2])
    assert "Record training" in browser.get("/people/").text
    browser.get(f"/people/chosen?act=training&{ticked}")
    assert "2 chosen" in browser.text
    long_ago = {**day(TODAY + timedelta(days=2), "trained_on")}
    browser.send(long_ago, button="Record it for those chosen", status=422)
    assert "still to come" in browser.text
    assert browser.html.count("checked") == 2
    sent = {**day(date(2026, 1, 5), "trained_on"), **day(date(2026, 6, 30), "expires_on")}
    browser.send(sent, button="Record it for those chosen")
    assert "Recorded for 2 people." in browser.text
    assert [taken(session, one) for one in people] == [
        [("Refresher", date(2026, 1, 5), date(2026, 6, 30))],
        [("Refresher", date(2026, 1, 5), date(2026, 6, 30))],
        [],
    ]


def test_long_lists_are_cut_and_searched_and_lose_no_tick(
    browser: Browser, make: Workshop, refresher: Course
) -> None:
    people = [make.person(name=f"Visitor {number:03}") for number in range(120)]
    session_id = sitting(make, refresher).id
    browser.get(f"/people/training/{session_id}/book?person={people[-1].id}")
    assert "Need this course: 101 of 120" in browser.text
    assert "Visitor 119" in browser.text
    assert "Visitor 110" not in browser.text
    browser.get(f"/people/training/{session_id}/book?words=visitor+11")
    assert "Need this course: 10" in browser.text
    browser.get("/people/training/due")
    assert "All 120 who need Refresher" in browser.text
    browser.follow("All 120")
    assert "Visitor 099" in browser.text
    assert "Visitor 100" in browser.get(f"/people/training/due?course={refresher.id}&page=2").text


@pytest.mark.parametrize("path", ["training/", "training/due", "papers", "training/record"])
def test_more_people_ask_no_more_queries(
    browser: Browser, make: Workshop, refresher: Course, path: str
) -> None:
    make.person()
    few = len(browser.get(f"/people/{path}").queries)
    for number in range(30):
        person = make.person()
        sitting(make, refresher, number + 1, person)
        make.keep(Card(person_id=person.id, number=str(number), issued_on=TODAY))
    assert len(browser.get(f"/people/{path}").queries) == few


def test_one_persons_training_offers_the_catalogue_and_runs_out_as_the_course_does(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    person = make.person()
    browser.get(f"/people/{person.id}/training/add")
    assert '<option value="Refresher">' in browser.html
    browser.send({"course": "Refresher", **day(TODAY, "trained_on")}, button="Save")
    assert taken(session, person) == [("Refresher", TODAY, date(2027, 3, 3))]
