"""A volunteer's own record, through real requests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.courses import CourseKind
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.availability import Availability
from icv.store.courses import Course
from icv.store.people import Agreement, Conflict, Declaration, Interview
from icv.store.scheme import Setting, write_choice
from icv.store.trail import TrailEntry
from icv.store.training.tables import Booking, TrainingSession
from tests.papers.pdf import Pdf
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def choose(session: Session, **choices: Any) -> None:
    for name, value in choices.items():
        session.add(Setting(name=name, value=write_choice(value), effective_on=TODAY, set_at=NOW))
    session.flush()


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


def test_my_year_is_put_beside_what_the_scheme_hopes_for(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    make.visit(make.suite(), person, week=TODAY - timedelta(days=30), outcome=Outcome.COMPLETED)
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "You made 1 visit in the last twelve months. The scheme hopes for 12 a year" in browser.text
    assert len(browser.queries) <= 30


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


def test_what_is_needed_of_me_leads_to_where_it_is_done(
    browse_as: Browse, session: Session, make: Workshop
) -> None:
    person, suite = make.person(), make.suite("Euston Street")
    visit = make.visit(suite, person, week=TODAY - timedelta(days=14))
    choose(session, agreement_version="3")
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert (
        "What is needed of me Send the report of your visit to Euston Street,"
        " 16 February to 22 February 2026. Write the report"
        " Read and sign the memorandum of understanding, version 3. Sign it"
        " Say when you can visit, or that you have nothing to add. Give my availability" in browser.text
    )
    browser.follow("Write the report")
    assert browser.path == f"/visits/{visit.id}/report"


def test_on_a_good_day_nothing_is_needed(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    make.keep(Availability(person_id=person.id, given_at=NOW))
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "Nothing is needed of you." in browser.text


def test_a_course_i_am_booked_on_says_when(browse_as: Browse, make: Workshop) -> None:
    person, course = make.person(), make.keep(Course(name="Refresher", kind=CourseKind.OTHER))
    sitting = make.keep(
        TrainingSession(course_id=course.id, starts_at=NOW + timedelta(days=7), place="Town Hall")
    )
    make.keep(Booking(session_id=sitting.id, person_id=person.id, booked_at=NOW))
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "Come to Refresher: " in browser.text
    assert "Town Hall" in browser.text


def test_i_sign_the_memorandum_in_use(browse_as: Browse, session: Session, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.VOLUNTEER, person=person)
    browser.get("/record/agreement", status=404)
    choose(session, agreement_version="3")
    browser.get("/record/").follow("Sign it").send(status=422)
    assert "Tick the box to sign" in browser.text
    browser.send({"agreed": "y"})
    assert "You have signed version 3" in browser.text
    assert "version 3, signed on 4 March 2026" in browser.text
    assert "Sign it" not in browser.text
    browser.get("/record/agreement").send({"agreed": "y"})
    assert len(session.scalars(sa.select(Agreement)).all()) == 1, "signing twice is once"


def test_a_version_that_has_changed_meanwhile_is_not_signed_unread(
    browse_as: Browse, session: Session, make: Workshop
) -> None:
    browser = browse_as(Role.VOLUNTEER, person=make.person())
    choose(session, agreement_version="3")
    browser.get("/record/agreement")
    choose(session, agreement_version="4")
    browser.send({"agreed": "y"}, status=422)
    assert "Another version has come into use since" in browser.text
    assert "Version 4" in browser.text
    browser.send({"agreed": "y"})
    assert session.scalars(sa.select(Agreement.version)).all() == ["4"]


def test_i_declare_a_change_and_a_conflict_in_my_own_words(
    browse_as: Browse, session: Session, make: Workshop
) -> None:
    browser = browse_as(Role.VOLUNTEER, person=make.person())
    browser.get("/record/").follow("Declare a change").send({"words": "x" * 2001}, status=422)
    assert "Choose what it is about" in browser.text
    assert "Keep it to 2,000 characters" in browser.text
    browser.send({"about": "circumstances", "words": "I work for the courts now"})
    assert "Thank you for saying so" in browser.text
    assert "I work for the courts now The coordinator has it, and has not decided yet" in browser.text
    browser.get("/record/declare").send({"about": "conflict", "words": "My sister works at Keyham Lane"})
    assert "Conflict: My sister works at Keyham Lane" in browser.text
    kinds = session.scalars(sa.select(Declaration.kind)).all()
    assert kinds == [DeclarationKind.CIRCUMSTANCES] * 2


def test_i_declare_that_i_am_eligible(browse_as: Browse, session: Session, make: Workshop) -> None:
    browser = browse_as(Role.VOLUNTEER, person=make.person())
    browser.get("/record/eligibility").send(status=422)
    browser.send({"declared": "y"})
    assert "Your declaration is on record." in browser.text
    assert "I am not a magistrate." in session.scalars(sa.select(Declaration.words)).one()


def test_what_others_declared_about_me_is_not_shown_to_me(
    browse_as: Browse, session: Session, make: Workshop
) -> None:
    me, other, suite = make.person(), make.person(name="Ben Carter"), make.suite("Keyham Lane")
    make.keep(Conflict(person_id=other.id, with_person_id=me.id, declared_on=TODAY))
    make.keep(Conflict(person_id=me.id, suite_id=suite.id, declared_on=TODAY))
    browser = browse_as(Role.VOLUNTEER, person=me).get("/record/")
    assert "Ben Carter" not in browser.html
    assert "Not at Keyham Lane" in browser.text


def test_references_and_notes_of_interviews_are_not_shown(browse_as: Browse, make: Workshop) -> None:
    me = make.person()
    make.keep(Interview(person_id=me.id, held_on=TODAY, notes="shy", is_recommended=True, made_at=NOW))
    assert "shy" not in browse_as(Role.VOLUNTEER, person=me).get("/record/").html


def test_reading_my_own_vetting_is_in_the_trail(browse_as: Browse, session: Session, make: Workshop) -> None:
    me = make.person()
    browse_as(Role.VOLUNTEER, person=me).get("/record/")
    read = session.execute(sa.select(TrailEntry.subject_id).where(TrailEntry.act == "read vetting")).scalars()
    assert list(read) == [me.id]


def test_my_certificate_is_a_pdf_of_my_service(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha Patel")
    suite = make.suite("Euston Street")
    make.visit(suite, person, week=TODAY - timedelta(days=30), outcome=Outcome.COMPLETED)
    browser = browse_as(Role.VOLUNTEER, person=person).get("/record/").follow("My certificate")
    assert browser.answer is not None
    assert browser.answer.mimetype == "application/pdf"
    assert "certificate-Asha-Patel.pdf" in browser.answer.headers["Content-Disposition"]
    text = " ".join(Pdf(browser.answer.data).text.split())
    assert "Asha Patel has served as an independent custody visitor since 1 January 2025" in text
    assert "1 visit to custody suites." in text
    assert "NPPV2" not in text


def test_the_coordinator_fetches_the_certificate_of_somebody_who_left(
    browse_as: Browse, make: Workshop
) -> None:
    left = make.person(Stage.LEFT, left_on=TODAY)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{left.id}/certificate.pdf")
    assert browser.answer is not None
    text = " ".join(Pdf(browser.answer.data).text.split())
    assert "from 1 January 2025 to 3 March 2026." in text


def test_without_an_appointment_there_is_no_certificate(browse_as: Browse, make: Workshop) -> None:
    applicant = make.person(Stage.APPLIED, name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{applicant.id}/certificate.pdf")
    assert "Asha Patel has not been appointed yet" in browser.text
    browse_as(Role.VOLUNTEER, person=make.person()).get(f"/people/{applicant.id}/certificate.pdf", status=403)


def test_an_account_without_a_record_has_none_to_show(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR)
    browser.get("/record/", status=403)
    browser.get("/record/phone", status=403)
