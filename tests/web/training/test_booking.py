"""Sessions on their pages: set up, booked, changed and cancelled."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london
from icv.rules.stages import Stage
from icv.store.courses import Course
from icv.store.letters import Letter
from icv.store.people import Training
from icv.store.training import TrainingSession
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.training.conftest import sitting
from tests.workshop import TODAY, Workshop


def test_a_session_that_cannot_be_keeps_all_that_was_typed(browser: Browser, refresher: Course) -> None:
    typed = {**day(TODAY + timedelta(days=9), "starts_at"), "place": "Town Hall", "places": "12"}
    browser.get("/people/training/add")
    browser.send({**typed, "starts_at-clock": "18:00", "ends_at": "17:00"}, button="Add", status=422)
    assert "The end must be later than the start" in browser.text
    assert 'value="Town Hall"' in browser.html
    assert 'value="17:00"' in browser.html
    browser.send({"ends_at": "25:00"}, button="Add", status=422)
    assert "24-hour clock" in browser.text
    browser.send({"ends_at": "", "places": "0"}, button="Add", status=422)
    assert "Places must be a number from 1 to 500" in browser.text
    browser.send({"starts_at-day": "", "places": ""}, button="Add", status=422)
    assert "The date must include a day" in browser.text


def test_an_hour_that_the_clocks_skip_is_refused_for_start_and_end(
    browser: Browser, refresher: Course
) -> None:
    browser.get("/people/training/add")
    spring = day(date(2026, 3, 29), "starts_at")
    browser.send({**spring, "starts_at-clock": "01:30"}, button="Add", status=422)
    assert "01:30 did not exist on 29 March 2026" in browser.text
    browser.send({"starts_at-clock": "00:30", "ends_at": "01:30"}, button="Add", status=422)
    assert "01:30 did not exist on 29 March 2026" in browser.text
    browser.send({"ends_at": "03:00"}, button="Add")
    assert "Sunday 29 March 2026, 00:30 to 03:00" in browser.text


def test_several_are_booked_who_need_it_first_and_each_is_written_to(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    in_date, lacks, applicant = (
        make.person(name="Ann In Date"),
        make.person(name="Zoe Lacks It"),
        make.person(Stage.TRAINING, name="Bob Applicant"),
    )
    in_date.trainings.append(Training(course="Refresher", trained_on=TODAY, expires_on=date(2027, 3, 3)))
    session_id = sitting(make, refresher, places=2).id
    browser.get(f"/people/training/{session_id}").follow("Book people")
    assert "Need this course: 1" in browser.text
    assert browser.text.index("Zoe Lacks It") < browser.text.index("Ann In Date")
    everybody = [str(one.id) for one in (in_date, lacks, applicant)]
    browser.send({"person": everybody}, button="Book those chosen", status=422)
    assert "0 of 2 places are taken: there is no room for 3 more" in browser.text
    assert browser.html.count("checked") == 3
    browser.send({"person": everybody[:2]}, button="Book those chosen")
    assert "2 people booked. Each is told by letter." in browser.text
    assert "Full: 2 of 2 places are taken" in browser.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 2


def test_sent_again_after_back_nobody_is_booked_twice(
    browser: Browser, make: Workshop, refresher: Course
) -> None:
    person = make.person(name="Ann")
    session_id = sitting(make, refresher).id
    browser.get(f"/people/training/{session_id}/book").send({"person": [str(person.id)]}, button="Book")
    browser.post(f"/people/training/{session_id}/book", {"person": str(person.id)}, status=422)
    assert "With a place already: Ann" in browser.text


def test_nobody_chosen_is_said(browser: Browser, make: Workshop, refresher: Course) -> None:
    make.person()
    session_id = sitting(make, refresher).id
    browser.get(f"/people/training/{session_id}/book").send(button="Book those chosen", status=422)
    assert "Choose at least one person" in browser.text


def test_a_place_is_given_back_once(browser: Browser, make: Workshop, refresher: Course) -> None:
    person = make.person(name="Ann")
    session_id = sitting(make, refresher, 10, person).id
    browser.get(f"/people/training/{session_id}").send(button="Give back the place")
    assert "Ann no longer has a place" in browser.text
    browser.post(f"/people/training/{session_id}/unbook/{person.id}")
    assert "They have no place on this session any more" in browser.text


def test_a_session_is_changed_and_cancelled_and_whoever_has_a_place_is_told(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    session_id = sitting(make, refresher, 10, make.person(), make.person()).id
    browser.get(f"/people/training/{session_id}").follow("Change the session")
    assert "2 people have a place" in browser.text
    browser.send({"place": "Library"}, button="Save")
    assert "2 people with a place will be told by letter" in browser.text
    browser.follow("Cancel it").send(button="Cancel this session", status=422)
    assert "Enter the reason" in browser.text
    browser.send({"reason": "No trainer"}, button="Cancel this session")
    assert "Cancelled" in browser.text
    assert "No trainer" in browser.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 4
    browser.get(f"/people/training/{session_id}/cancel")
    browser.send({"reason": "Again"}, button="Cancel this session", status=422)
    assert "This session is cancelled" in browser.text
    assert "This session is cancelled" in browser.get(f"/people/training/{session_id}/attendance").text


def test_times_are_shown_as_they_were_typed_in_summer(
    browser: Browser, session: Session, refresher: Course
) -> None:
    browser.get("/people/training/add")
    browser.send(
        {**day(date(2026, 7, 1), "starts_at"), "starts_at-clock": "18:00", "ends_at": "20:00"}, button="Add"
    )
    assert "Wednesday 1 July 2026, 18:00 to 20:00" in browser.text
    session.commit()
    starts_at = session.scalars(sa.select(TrainingSession.starts_at)).one()
    assert (starts_at.hour, london(starts_at).hour) == (17, 18)
    browser.follow("Change the session")
    assert 'value="18:00"' in browser.html
    assert 'value="20:00"' in browser.html
