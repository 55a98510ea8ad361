"""People through real requests: the list, a person, and the steps they take."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.store.people import Person, StageStep, Term
from icv.store.trail import TrailEntry
from icv.store.visits import Duty
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]


def test_the_list_says_who_is_where_and_may_visit(browse_as: Browse, make: Workshop) -> None:
    make.person(name="Asha Patel")
    make.person(Stage.VETTING, name="Ben Okafor")
    make.person(Stage.LEFT, name="Cara Jones", left_on=TODAY)
    browser = browse_as(Role.COORDINATOR).get("/people/")
    assert "Asha Patel Active since 1 Jan 2025 Cleared" in browser.text
    assert "Ben Okafor Vetting since 1 Jun 2024 Not in office" in browser.text
    assert "Cara Jones" not in browser.text
    browser.follow("Left 1")
    assert "Cara Jones" in browser.text


def test_the_list_is_filtered_by_clearance_team_and_words(browse_as: Browse, make: Workshop) -> None:
    make.person(name="Asha Patel")
    lapsed = make.person(name="Ben Okafor")
    lapsed.vettings[0].expires_on = TODAY - timedelta(days=1)
    browser = browse_as(Role.COORDINATOR).get("/people/?cleared=no")
    assert "Ben Okafor" in browser.text
    assert "Asha Patel" not in browser.text
    assert "Not cleared: vetting expired on 3 March 2026" in browser.text
    assert "Nobody fits" in browser.get("/people/?team=0&words=zzz").text
    assert "Asha Patel" in browser.get(f"/people/?words=ASHA&stage=nonsense&page=99&team={10**30}").text


def test_the_list_asks_as_much_of_the_database_for_many_as_for_few(browse_as: Browse, make: Workshop) -> None:
    make.person()
    browser = browse_as(Role.COORDINATOR).get("/people/")
    few = len(browser.queries)
    for _ in range(120):
        make.person()
    browser.get("/people/")
    assert len(browser.queries) == few
    assert "121 people, page 1 of 2" in browser.text
    browser.follow("Next")
    assert "page 2 of 2" in browser.text


def test_a_person_says_first_whether_they_may_visit_and_why_not(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.PROBATION)
    person.vettings[0].expires_on = TODAY - timedelta(days=1)
    person.terms[0].ends_on = TODAY - timedelta(days=1)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "May not visit today: vetting expired on 3 March 2026; term ended on 3 March 2026." in browser.text
    assert "What is needed next Vetting expired on 3 March 2026. Record vetting" in browser.text


def test_somebody_appointed_from_a_day_to_come_is_said_to_join_and_asked_for_nothing(
    browse_as: Browse, make: Workshop
) -> None:
    joins = date(2026, 3, 22)
    person = make.person(Stage.PROBATION, on=joins, appointed_on=joins)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "Joins on 22 March 2026" in browser.text
    assert "Nothing is needed now." in browser.text
    for word in ("Not yet applied", "Decide", "References", "Interviews"):
        assert word not in browser.text
    assert "Joins on 22 March 2026." in browser.get("/people/pipeline").text


def test_visits_made_lead_to_the_visit(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    make.visit(make.suite("Euston Street"), person, outcome=Outcome.COMPLETED)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "Euston Street" in browser.follow("8 Mar 2026").text


def test_the_day_clearance_next_changes_is_said(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "May visit today. As things stand this changes on 2 January 2029." in browser.text


def test_reading_a_record_stands_in_the_trail_once_a_page(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person()
    browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert _trail(session, "read vetting") == [person.id]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_people_are_the_coordinators_alone(browse_as: Browse, make: Workshop, role: Role) -> None:
    person = make.person()
    browser = browse_as(role, person=person)
    for path in ("/people/", f"/people/{person.id}", f"/people/{person.id}/stage", "/people/add"):
        browser.get(path, status=403)


def test_nobody_on_record_is_not_found(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR)
    for path in ("/people/99", "/people/99/stage", "/people/99/vetting/add", "/people/99/contact"):
        browser.get(path, status=404)


def test_a_stage_is_moved_with_a_day_and_a_reason(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(Stage.APPLIED, name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}").follow("Move to another stage")
    browser.send({"to": "shortlisted", "reason": "Speaks Gujarati", **day(TODAY)}, button="Record")
    assert "Asha Patel: the stage is now “shortlisted”." in browser.text
    assert "Shortlisted 4 March 2026, recorded by Account" in browser.text
    assert "Speaks Gujarati" in browser.text
    assert _trail(session, "move stage") == [person.id]


def test_only_the_next_stages_are_offered(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.APPLIED)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    offered = [i.get("value") for i in browser.page.iter("input") if i.get("name") == "to"]
    assert offered == ["shortlisted", "rejected", "withdrawn"]
    browser.send({"to": "active", **day(TODAY)}, button="Record", status=422)


def test_a_move_sent_twice_says_where_they_are_now(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.APPLIED, name="Asha Patel")
    one, other = (browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage") for _ in range(2))
    one.send({"to": "shortlisted", **day(TODAY)}, button="Record")
    other.send({"to": "shortlisted", "reason": "Speaks Gujarati", **day(TODAY)}, button="Record", status=422)
    assert "Asha Patel is at the stage “shortlisted” now. From there one can go to: interviewed" in other.text
    assert "Speaks Gujarati" in other.html
    other.post(other.path, {"to": "emperor", **day(TODAY)}, status=422)
    assert "Choose the next stage" in other.text


def test_what_was_typed_stays_when_a_part_of_the_day_is_missing(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.APPLIED)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    browser.send(
        {"to": "rejected", "reason": "Lives too far away", **day(TODAY), "on-month": ""},
        button="Record",
        status=422,
    )
    assert "The date must include a month" in browser.text
    assert "Lives too far away" in browser.html
    assert 'value="rejected" checked' in browser.html


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"to": "rejected", **day(TODAY)}, "Enter the reason"),
        ({"to": "shortlisted", **day(TODAY + timedelta(days=1))}, "still to come"),
        ({"to": "shortlisted", **day(date(2024, 5, 31))}, "must be 1 June 2024 or later"),
    ],
)
def test_a_step_that_cannot_be_is_refused_in_words(
    browse_as: Browse, make: Workshop, asked: dict[str, str], refusal: str
) -> None:
    person = make.person(Stage.APPLIED)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    assert refusal in browser.send(asked, button="Record", status=422).text


def test_a_step_sent_twice_is_made_once(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person(Stage.APPLIED)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    page = browser.page
    browser.send({"to": "shortlisted", **day(TODAY)}, button="Record")
    browser.page = page
    browser.post(f"/people/{person.id}/stage", {"to": "shortlisted", **day(TODAY)}, status=422)
    assert len(_steps(session, person)) == 2


def test_nobody_is_appointed_without_vetting_and_training(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.TRAINING)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/appoint")
    lacks = "eligibility not declared; no vetting on record; not trained; agreement not signed."
    assert f"Not yet possible on this day: {lacks}" in browser.text
    browser.send({"reason": "She is ready"}, button="Appoint", status=422)
    assert "requires more before “probation” on 4 March 2026" in browser.text
    assert "She is ready" in browser.html
    assert browser.follow("record vetting").heading == "Vetting"


def test_an_appointment_sets_probation_and_term_as_the_scheme_has_them(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(Stage.TRAINING)
    person_id = person.id
    make.ready_for_appointment(person)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person_id}/stage")
    browser.send({"to": "probation", "reason": "", **day(date(2026, 3, 2))}, button="Record")
    assert browser.heading == "Appoint on probation"
    browser.send(button="Appoint")
    assert "May visit today, on probation" in browser.text
    kept = session.execute(
        sa.select(Person.appointed_on, Person.probation_ends_on, Term.ends_on)
        .join(Term, Term.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    assert kept == (date(2026, 3, 2), date(2026, 9, 1), date(2029, 3, 1))


def test_leaving_gives_back_later_duties_and_says_so(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(name="Asha Patel")
    make.visit(None, person)
    later = make.visit(None, person, week=TODAY + timedelta(days=14))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    browser.send({"to": "left", "reason": "Moved away", **day(TODAY)}, button="Record")
    assert "1 duty is given back and open on the rota. 1 duty still on the rota" in browser.text
    assert "May not visit today: left on 4 March 2026" in browser.text
    states = dict(session.execute(sa.select(Duty.visit_id, Duty.state)).all())
    assert states.pop(later.id) is DutyState.RELEASED
    assert set(states.values()) == {DutyState.ACCEPTED}


def test_a_wrong_step_is_corrected_and_stays_on_record(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/stage")
    browser.send({"to": "left", "reason": "Moved away", **day(TODAY)}, button="Record")
    browser.follow("Correct the last step").send({"reason": "It was another Asha"}, button="Correct")
    assert "is at the stage “active” again" in browser.text
    assert "May visit today" in browser.text
    assert "Left (corrected)" in browser.text
    assert "It was another Asha" in browser.text
    assert [step.stage for step in _steps(session, person)] == [Stage.ACTIVE, Stage.LEFT, Stage.ACTIVE]


def test_a_correction_of_a_step_that_is_not_there_is_refused(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    person_id, only_step = person.id, str(person.steps[0].id)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person_id}/correct")
    assert "There is only one step on record" in browser.text
    for step_id in ("nonsense", str(10**30), only_step):
        browser.post(f"/people/{person_id}/correct", {"step_id": step_id, "reason": "so"}, status=422)


def _steps(session: Session, person: Person) -> list[StageStep]:
    session.expire_all()
    asked = sa.select(StageStep).where(StageStep.person_id == person.id).order_by(StageStep.id)
    return list(session.scalars(asked))


def _trail(session: Session, act: str) -> list[int | None]:
    return list(session.scalars(sa.select(TrailEntry.subject_id).where(TrailEntry.act == act)))
