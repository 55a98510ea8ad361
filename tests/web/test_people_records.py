"""People through real requests: adding them, their contact details and records, and several at once."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.store.letters import Letter
from icv.store.people import Conflict, Person, Round, StageStep, Vetting
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def test_a_person_is_added_and_stands_at_the_beginning(browse_as: Browse, session: Session) -> None:
    browser = browse_as(Role.COORDINATOR).get("/people/add")
    browser.send(
        {
            "name": "Asha  Patel",
            "email": "Asha@example.org",
            "phone": "07700 900123",
            "round_name": "Spring 2026",
        }
    )
    assert browser.heading == "Asha Patel"
    assert "Applied 4 March 2026, recorded by" in browser.text
    assert "Decide: shortlisted, or an end to the application." in browser.text
    assert session.scalars(sa.select(Round.name)).all() == ["Spring 2026"]
    assert browser.get("/people/add").html.count("Spring 2026") == 2


def test_an_address_on_record_leads_to_its_person(browse_as: Browse, make: Workshop) -> None:
    make.person(name="Asha Patel", email="asha@example.org")
    browser = browse_as(Role.COORDINATOR).get("/people/add")
    browser.send({"name": "Somebody Else", "email": "ASHA@example.org"}, status=422)
    assert "This is the address of Asha Patel, who applied on 1 June 2024" in browser.text
    assert "Somebody Else" in browser.html
    assert browser.follow("Asha Patel").heading == "Asha Patel"


def test_a_similar_name_is_warned_of_once(browse_as: Browse, make: Workshop, session: Session) -> None:
    make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get("/people/add")
    browser.send({"name": "Asha Pattel", "email": "other@example.org"}, status=422)
    assert "Somebody of this name is on record: Asha Patel" in browser.text
    browser.send()
    assert browser.heading == "Asha Pattel"
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2


def test_contact_details_are_changed_and_bad_ones_kept_to_correct(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/contact")
    browser.send({"name": "Asha Shah", "phone": "ring the office"}, status=422)
    assert "Enter a telephone number" in browser.text
    assert "ring the office" in browser.html
    browser.send({"phone": "+44 7700 900123"})
    assert browser.heading == "Asha Shah"
    assert "+44 7700 900123" in browser.text


def test_vetting_goes_from_asked_for_to_cleared(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person(Stage.VETTING)
    for _ in range(2):
        make.referee(person, asked_at=NOW, answered_at=NOW, answer={"recommends": "yes"})
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "No vetting on record. Record when it was asked for." in browser.text
    browser.follow("Record vetting")
    browser.send({"level": "NPPV2", **day(TODAY - timedelta(days=40), "requested_on")})
    assert "asked for on 23 January 2026, 40 days ago, more than the scheme’s 30." in browser.text
    browser.follow("Record vetting")
    browser.send({**day(TODAY - timedelta(days=50), "cleared_on")}, status=422)
    assert "It cannot be cleared before it was asked for" in browser.text
    browser.send({**day(TODAY, "cleared_on"), **day(date(2030, 3, 3), "expires_on")})
    assert "Vetting is cleared: training is next." in browser.text
    kept = session.execute(sa.select(Vetting.level, Vetting.cleared_on, Vetting.expires_on)).one()
    assert kept == ("NPPV2", TODAY, date(2030, 3, 3))


def test_a_record_of_each_kind_is_added_and_changed(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR)
    asked = {
        "training": {"course": "Refresher", **day(TODAY, "trained_on")},
        "term": {**day(date(2029, 1, 2), "starts_on"), **day(date(2032, 1, 1), "ends_on")},
        "agreement": {"version": "2024", **day(TODAY, "signed_on")},
        "card": {"number": "0042", **day(TODAY, "issued_on")},
    }
    for kind, fields in asked.items():
        browser.get(f"/people/{person.id}/{kind}/add").send(fields)
    for shown in (
        "Refresher 4 March 2026",
        "From 2 January 2029",
        "Version 2024, signed",
        "Card 0042 issued",
    ):
        assert shown in browser.text
    browser.follow("Change card 0042").send({"number": "0043"})
    assert "Card 0043 issued" in browser.text
    browser.get(f"/people/{person.id}/card/add").send({"number": ""}, status=422)
    browser.get(f"/people/{person.id}/badge/add", status=404)


def test_a_record_of_somebody_else_is_not_found(browse_as: Browse, make: Workshop) -> None:
    person, other = make.person(), make.person()
    other_vetting = other.vettings[0].id
    browse_as(Role.COORDINATOR).get(f"/people/{person.id}/vetting/{other_vetting}", status=404)


def test_a_conflict_is_declared_and_ended(browse_as: Browse, make: Workshop, session: Session) -> None:
    person, other = make.person(), make.person(name="Ben Okafor")
    suite = make.suite("Euston Street")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/conflict")
    browser.send({"with_whom": "person"}, status=422)
    assert "Choose a visitor or a suite" in browser.text
    browser.send({"person_id": str(other.id)})
    assert "Not with Ben Okafor declared on 4 March 2026" in browser.text
    browser.get(f"/people/{other.id}/conflict").send({"with_whom": "suite", "suite_id": str(suite.id)})
    assert "Not at Euston Street" in browser.text
    browser.send(button="End the conflict at Euston Street")
    assert "ended on 4 March 2026" in browser.text
    conflict = session.scalars(sa.select(Conflict.id).where(Conflict.suite_id.is_(None))).one()
    stranger = make.person()
    browser.post(f"/people/{stranger.id}/conflict/{conflict}/end", status=404)


def test_several_people_take_a_step_together(browse_as: Browse, make: Workshop, session: Session) -> None:
    chosen = [str(make.person(Stage.APPLIED).id) for _ in range(2)]
    browser = browse_as(Role.COORDINATOR).get("/people/?stage=applied")
    browser.get(f"/people/chosen?act=move&person={chosen[0]}&person={chosen[1]}")
    assert browser.heading == "Move 2 people"
    browser.send({"to": "rejected", "reason": ""}, status=422)
    browser.send({"reason": "The round is full"})
    reasons = session.scalars(sa.select(StageStep.reason).where(StageStep.stage == Stage.REJECTED))
    assert reasons.all() == ["The round is full"] * 2
    assert browser.path == "/people/"
    assert "2 people: the stage is now “rejected”." in browser.text


def test_several_people_move_or_nobody_does(browse_as: Browse, make: Workshop, session: Session) -> None:
    make.person(Stage.TRAINING, name="Asha Patel")
    make.ready_for_appointment(make.person(Stage.TRAINING, name="Ben Okafor"))
    ids = [str(number) for number in session.scalars(sa.select(Person.id))]
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?person={'&person='.join(ids)}")
    browser.send({"to": "probation"}, status=422)
    assert "requires more before “probation” on 4 March 2026: Asha Patel (eligibility not" in browser.text
    assert "Ben Okafor (" not in browser.text
    assert session.scalar(sa.select(sa.func.count()).where(StageStep.stage == Stage.PROBATION)) == 0


def test_people_at_different_stages_are_told_apart(browse_as: Browse, make: Workshop) -> None:
    ids = [str(make.person(stage).id) for stage in (Stage.APPLIED, Stage.ACTIVE)]
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?person={'&person='.join(ids)}")
    assert "No one stage follows for all of them." in browser.text


def test_nobody_chosen_is_said(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/people/chosen?act=move")
    assert "Choose at least one person first." in browser.text
    browser.get("/people/move?person=x", status=404)


def test_several_visitors_are_given_a_way_in(browse_as: Browse, make: Workshop, session: Session) -> None:
    visitor = make.person(name="Asha Patel")
    applicant = make.person(Stage.APPLIED, name="Ben Okafor")
    browser = browse_as(Role.COORDINATOR)
    browser.get(f"/people/chosen?act=invite&person={visitor.id}&person={applicant.id}")
    assert "Not in office, so without a way in: Ben Okafor." in browser.text
    browser.send(button="Make the link")
    assert "Asha Patel" in browser.text
    assert "http://localhost/link/" in browser.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1
