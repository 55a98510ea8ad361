"""Training through real requests: courses, sessions, places, attendance, who needs what, and papers."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.courses import INITIAL_TRAINING, CourseKind
from icv.rules.days import london
from icv.rules.stages import Stage
from icv.store.courses import Course
from icv.store.letters import Letter
from icv.store.people import Agreement, Card, Person, Training
from icv.store.scheme import Setting
from icv.store.training import Booking, TrainingSession
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


@pytest.fixture
def browser(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def refresher(make: Workshop) -> Course:
    course: Course = make.keep(Course(name="Refresher", kind=CourseKind.KEPT_UP, valid_months=12))
    return course


def sitting(
    make: Workshop, course: Course, days: int = 10, *booked: Person, **more: object
) -> TrainingSession:
    made: TrainingSession = make.keep(
        TrainingSession(course_id=course.id, starts_at=NOW + timedelta(days=days), place="Town Hall", **more)
    )
    for person in booked:
        make.keep(Booking(session_id=made.id, person_id=person.id, booked_at=NOW - timedelta(days=20)))
    return made


def taken(session: Session, person: Person) -> list[tuple[str, date, date | None]]:
    session.commit()
    rows = session.execute(
        sa.select(Training.course, Training.trained_on, Training.expires_on)
        .where(Training.person_id == person.id, Training.course != INITIAL_TRAINING)
        .order_by(Training.id)
    )
    return [(course, on, until) for course, on, until in rows]


# -- the catalogue


def test_a_new_scheme_is_led_from_nothing_to_its_first_session(browser: Browser, make: Workshop) -> None:
    browser.get("/people/training/")
    assert "No courses yet" in browser.text
    browser.follow("Courses").send(button="Add these courses")
    assert "3 courses added" in browser.text
    browser.follow("Sessions").follow("Add a session")
    browser.send(
        {
            **day("starts_at", TODAY + timedelta(days=20)),
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


# -- sessions


def test_a_session_that_cannot_be_keeps_all_that_was_typed(browser: Browser, refresher: Course) -> None:
    typed = {**day("starts_at", TODAY + timedelta(days=9)), "place": "Town Hall", "places": "12"}
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
    spring = day("starts_at", date(2026, 3, 29))
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


# -- attendance


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
    assert "took this attendance at 12:00, after you opened the page: 2 people are on record" in mine.text
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


# -- who needs what, and what was taken elsewhere


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
    long_ago = {**day("trained_on", TODAY + timedelta(days=2))}
    browser.send(long_ago, button="Record it for those chosen", status=422)
    assert "still to come" in browser.text
    assert browser.html.count("checked") == 2
    sent = {**day("trained_on", date(2026, 1, 5)), **day("expires_on", date(2026, 6, 30))}
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
    browser.send({"course": "Refresher", **day("trained_on", TODAY)}, button="Save")
    assert taken(session, person) == [("Refresher", TODAY, date(2027, 3, 3))]


# -- agreements and cards


def test_agreements_and_cards_of_several(browser: Browser, session: Session, make: Workshop) -> None:
    make.keep(Setting(name="agreement_version", value='"3"', effective_on=TODAY, set_at=NOW))
    ann, bob = make.person(name="Ann"), make.person(name="Bob")
    make.keep(Agreement(person_id=bob.id, version="2", signed_on=date(2024, 1, 1)))
    browser.get("/people/papers/")
    assert "0 of 2 have signed version 3" in browser.text
    assert "Not version 3 version 2 signed 1 January 2024" in browser.text
    both = f"person={ann.id}&person={bob.id}"
    browser.get(f"/people/papers/agreements?{both}").send(button="Record it for 2 people")
    assert "The agreement is recorded for 2 people." in browser.text
    assert "2 of 2 have signed version 3" in browser.text
    browser.get(f"/people/papers/cards?{both}")
    sent = {f"number-{ann.id}": "7", f"number-{bob.id}": "7", **day("expires_on", date(2027, 3, 3))}
    browser.send(sent, button="Issue the cards", status=422)
    assert "Card 7 is entered twice" in browser.text
    assert browser.html.count('value="7"') == 2
    browser.send({f"number-{bob.id}": "8"}, button="Issue the cards")
    assert "2 cards issued." in browser.text
    assert "2 of 2 have a card that counts today" in browser.text
    session.commit()
    assert set(session.execute(sa.select(Card.number, Card.expires_on)).all()) == {
        ("7", date(2027, 3, 3)),
        ("8", date(2027, 3, 3)),
    }


def test_papers_are_filtered_and_acts_on_nobody_are_sent_back(browser: Browser, make: Workshop) -> None:
    signed, neither = make.person(name="Ann"), make.person(name="Bob")
    make.keep(Agreement(person_id=signed.id, version="2", signed_on=date(2024, 1, 1)))
    browser.get("/people/papers/?show=unsigned")
    assert "Bob" in browser.text
    assert "Ann" not in browser.text
    assert "Nobody: everybody in office has it." in browser.get("/people/papers/?show=ending").text
    for act in ("agreements", "cards"):
        assert "Choose at least one person first" in browser.get(f"/people/papers/{act}").text
    browser.get(f"/people/papers/agreements?person={neither.id}")
    browser.send({"version": "", "signed_on-day": "31", "signed_on-month": "2"}, button="Record", status=422)
    assert "Enter which version was signed" in browser.text
    assert "There is no 31 February 2026" in browser.text


def test_times_are_shown_as_they_were_typed_in_summer(
    browser: Browser, session: Session, refresher: Course
) -> None:
    browser.get("/people/training/add")
    browser.send(
        {**day("starts_at", date(2026, 7, 1)), "starts_at-clock": "18:00", "ends_at": "20:00"}, button="Add"
    )
    assert "Wednesday 1 July 2026, 18:00 to 20:00" in browser.text
    session.commit()
    starts_at = session.scalars(sa.select(TrainingSession.starts_at)).one()
    assert (starts_at.hour, london(starts_at).hour) == (17, 18)
    browser.follow("Change the session")
    assert 'value="18:00"' in browser.html
    assert 'value="20:00"' in browser.html
