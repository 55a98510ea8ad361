"""Attendance is ticked for a roomful, by two at once too."""

import re
from datetime import date, timedelta

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.courses import Course
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.training.conftest import Browse, sitting, taken
from tests.workshop import NOW, TODAY, Workshop


def test_a_roomful_is_ticked_at_once_and_corrected_later(
    browser: Browser, session: Session, make: Workshop, refresher: Course
) -> None:
    came, missed, walked_in = make.person(name="Ann"), make.person(name="Bob"), make.person(name="Cy")
    session_id = sitting(make, refresher, -1, came, missed).id
    browser.get("/people/training/").follow("Take attendance")
    assert browser.html.count("checked") == 2
    both = [str(came.id), str(missed.id)]
    browser.send({"listed": both, "came": [both[0], str(walked_in.id)]}, button="Save the attendance")
    assert "Attendance is taken: 2 of 3 came. 2 trainings recorded." in browser.text
    yesterday = TODAY - timedelta(days=1)
    assert taken(session, came) == [("Refresher", yesterday, date(2027, 3, 2))]
    browser.follow("Correct the attendance")
    assert browser.html.count("checked") == 2
    browser.send({"listed": both, "came": [both[1], str(walked_in.id)]}, button="Save the attendance")
    assert "1 training recorded. 1 training taken back." in browser.text
    assert taken(session, came) == []
    assert "2 of 3 came" in browser.get("/people/training/").text
    browser.post(f"/people/training/{session_id}/unbook/{missed.id}")
    assert "Whether they came is on record" in browser.text


def test_two_with_one_attendance_list_lose_no_tick_silently(
    browse_as: Browse, session: Session, make: Workshop, refresher: Course
) -> None:
    ann, bob, cy = make.person(name="Ann"), make.person(name="Bob"), make.person(name="Cy")
    path = f"/people/training/{sitting(make, refresher, -1, ann, bob).id}/attendance"
    mine, theirs = browse_as(Role.COORDINATOR).get(path), browse_as(Role.COORDINATOR).get(path)
    both = [str(ann.id), str(bob.id)]
    theirs.send({"listed": both, "came": [both[0], str(cy.id)]}, button="Save the attendance")
    mine.send({"listed": both, "came": [both[1]]}, button="Save the attendance", status=422)
    assert (
        "took this attendance on 4 March 2026 at 12:00, after you opened the page: 2 people are on record"
        in mine.text
    )
    assert "Ann came did not come" in mine.text
    assert "Bob did not come came" in mine.text
    assert [len(taken(session, one)) for one in (ann, bob, cy)] == [1, 0, 1]
    ticked = re.findall(r'value="(\d+)" checked', mine.html)
    assert ticked == [str(bob.id), str(cy.id)], "Cy, whom the other added, is not taken back unseen"
    everybody = [*both, str(cy.id)]
    mine.send({"listed": everybody, "came": ticked}, button="Save the attendance")
    session.expire_all()
    assert [len(taken(session, one)) for one in (ann, bob, cy)] == [0, 1, 1]


def test_the_same_attendance_sent_twice_is_one_and_nothing_is_asked(
    browse_as: Browse, session: Session, make: Workshop, refresher: Course
) -> None:
    ann, bob = make.person(name="Ann"), make.person(name="Bob")
    path = f"/people/training/{sitting(make, refresher, -1, ann, bob).id}/attendance"
    mine, theirs = browse_as(Role.COORDINATOR).get(path), browse_as(Role.COORDINATOR).get(path)
    sent = {"listed": [str(ann.id), str(bob.id)], "came": [str(ann.id)]}
    theirs.send(sent, button="Save the attendance")
    assert "1 of 2 came" in mine.send(sent, button="Save the attendance").text
    assert len(taken(session, ann)) == 1


def test_whose_place_is_given_back_meanwhile_is_not_recorded_as_trained_unseen(
    browse_as: Browse, session: Session, make: Workshop, refresher: Course
) -> None:
    ann, bob = make.person(name="Ann"), make.person(name="Bob")
    session_id = sitting(make, refresher, 0, ann, bob).id
    path = f"/people/training/{session_id}/attendance"
    mine, theirs = browse_as(Role.COORDINATOR).get(path), browse_as(Role.COORDINATOR)
    theirs.post(f"/people/training/{session_id}/unbook/{bob.id}")
    both = [str(ann.id), str(bob.id)]
    mine.send({"listed": both, "came": both}, button="Save the attendance", status=422)
    assert "a place was given back: 1 person whom you ticked has none any more" in mine.text
    assert "Bob gave the place back came" in mine.text
    assert [len(taken(session, one)) for one in (ann, bob)] == [0, 0]
    mine.send({"listed": both[:1], "came": both}, button="Save the attendance")
    assert [len(taken(session, one)) for one in (ann, bob)] == [1, 1], "Bob came all the same"


def test_attendance_that_lists_nobody_is_not_taken(
    browser: Browser, make: Workshop, refresher: Course, session: Session
) -> None:
    sat = sitting(make, refresher, -1, make.person())
    browser.get(f"/people/training/{sat.id}/attendance")
    browser.post(f"/people/training/{sat.id}/attendance", {}, status=422)
    assert "Nobody is listed: tick who came, or cancel the session if nobody did." in browser.text
    session.refresh(sat)
    assert sat.settled_at is None


def test_attendance_waits_for_the_day(
    browse_as: Browse, make: Workshop, refresher: Course, clock: Clock
) -> None:
    browser = browse_as(Role.COORDINATOR)
    person = make.person()
    session_id = sitting(make, refresher, 3, person).id
    assert "Still to come" in browser.get(f"/people/training/{session_id}/attendance").text
    browser.post(f"/people/training/{session_id}/attendance", {"came": str(person.id)}, status=422)
    assert "This session is still to come" in browser.text
    clock.at = NOW + timedelta(days=3) - timedelta(hours=3)
    browser = browse_as(Role.COORDINATOR)
    assert "Everybody booked is ticked" in browser.get(f"/people/training/{session_id}/attendance").text
