"""Leave, suspension, coming back and leaving for good, through real pages."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from icv.store.letters import Letter
from icv.store.people import Card, StageStep
from icv.store.visits import Duty
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]
FIRST, BACK = TODAY + timedelta(days=5), TODAY + timedelta(days=25)


def test_leave_with_its_return_is_one_page_and_shows_the_duties_held(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person, partner = make.person(name="Asha Patel"), make.person(name="Ann Hart")
    suite = make.suite("Euston Street")
    make.visit(suite, person, partner, week=FIRST)
    make.visit(suite, person, partner, week=BACK + timedelta(days=7))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}").follow("Leave")
    browser.send({**day(FIRST, "first_on"), **day(BACK, "returns_on"), "reason": "Family"})
    assert browser.heading == "Duties held while away"
    assert "Euston Street, week of 9 March to 15 March 2026, with Ann Hart" in browser.text
    browser.send(button="Give them back")
    assert "1 duty given back. The partners are told." in browser.text
    assert "From 9 March 2026, back on 29 March 2026. Family" in browser.text
    assert "planned for 29 March 2026" in browser.text
    states = session.scalars(sa.select(Duty.state).where(Duty.person_id == person.id).order_by(Duty.id)).all()
    assert states == [DutyState.RELEASED, DutyState.ACCEPTED]
    assert session.scalars(sa.select(Letter.to_email)).all() == [partner.email]


def test_the_day_of_return_is_changed_and_the_first_one_stays_on_record(
    browse_as: Browse, make: Workshop
) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/leave")
    browser.send({**day(FIRST, "first_on"), **day(BACK, "returns_on")})
    browser.follow("Change the first day back").send(day(BACK + timedelta(days=7), "returns_on"))
    assert "back on 5 April 2026" in browser.text
    assert "Active (corrected)" in browser.text
    browser.follow("Change the first day back").send(button="Call the leave off")
    assert "is called off" in browser.text
    assert "Enter the first day back" not in browser.text


def test_no_duties_held_no_page_of_them(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/leave").send(day(FIRST, "first_on"))
    assert browser.path == f"/people/{person.id}"
    assert "the first day back not being known" in browser.text
    browser.get(f"/people/{person.id}/duties")
    assert "No duty is held while away" in browser.text


def test_leave_that_cannot_be_keeps_what_was_typed(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/leave")
    browser.send({**day(BACK, "first_on"), **day(FIRST, "returns_on"), "reason": "Family"}, status=422)
    assert "after the first day away" in browser.text
    assert "Family" in browser.html
    browser.send({"returns_on-day": "31", "returns_on-month": "2"}, status=422)


def test_a_suspension_is_lifted_on_its_day(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}").follow("Suspend")
    browser.send(status=422)
    assert "Enter the reason" in browser.text
    browser.send({"reason": "A complaint"})
    assert "the stage is now “suspended”" in browser.text
    browser.follow("Enter the first day back").send(day(FIRST, "returns_on"), status=422)
    assert "A suspension ends when it is lifted" in browser.text
    browser.send(day(TODAY, "returns_on"), status=422)
    assert "after the first day away" in browser.text


def test_an_end_says_what_it_brings_and_asks_for_each_card(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person, partner = make.person(name="Asha Patel"), make.person(name="Ann Hart")
    make.visit(make.suite("Euston Street"), person, partner, week=TODAY + timedelta(days=7))
    for number in ("101", "102"):
        make.keep(Card(person_id=person.id, number=number, issued_on=date(2025, 1, 2)))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}").follow("End the appointment")
    assert "can no longer sign in" in browser.text
    assert "Euston Street, week of 9 March to 15 March 2026, with Ann Hart" in browser.text
    card = session.scalars(sa.select(Card.id).where(Card.number == "101")).one()
    browser.send({"reason": "removed", **day(TODAY, f"card-{card}")}, status=422)
    assert "Say in a few words why it ends" in browser.text
    browser.send({"reason": "resigned", "words": "moved away"})
    assert "1 duty is given back" in browser.text
    assert "Resigned: moved away" in browser.text
    assert "Card 102 is still out" in browser.text
    assert "Card 101 is still out" not in browser.text
    browser.follow("Record that it came back").send(day(TODAY, "returned_on"))
    assert "still out" not in browser.text


def test_an_end_sent_again_makes_no_second_step(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    one, other = (browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end") for _ in range(2))
    one.send({"reason": "retired"})
    other.send({"reason": "retired"}, status=422)
    assert "That is an end" in other.text
    assert session.scalars(sa.select(StageStep.stage)).all().count(Stage.LEFT) == 1
    one.get(f"/people/{person.id}/end")
    assert "The first day away is 4 March 2026: Retired" in one.text


def test_an_end_to_come_is_told_as_one(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end")
    browser.send({"reason": "retired", **day(date(2026, 4, 1), "on")})
    assert "Asha: the stage will be “left” from 1 April 2026." in browser.text
    browser.get(f"/people/{person.id}/leave").send(day(date(2026, 4, 1), "first_on"), status=422)
    assert "The appointment ends before 1 April 2026" in browser.text
    assert "Planned: left, from 1 April 2026." in browser.get(f"/people/{person.id}/stage").text


def test_somebody_whose_end_is_planned_is_suspended_until_then(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end")
    browser.send({"reason": "retired", **day(date(2026, 4, 1), "on")})
    assert "End the appointment" not in browser.text
    browser.follow("Suspend").send({"reason": "Complaint"})
    assert "Asha: the stage is now “suspended”." in browser.text
    assert "Planned: left, from 1 April 2026." in browser.get(f"/people/{person.id}/stage").text
    browser.get(f"/people/{person.id}/leave").send(day(TODAY, "first_on"), status=422)


def test_leave_sent_twice_is_said_to_be_on_record(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    typed = {**day(FIRST, "first_on"), **day(BACK, "returns_on")}
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/leave").send(typed)
    browser.get(f"/people/{person.id}/leave").send(typed, status=422)
    assert "Leave from 9 March 2026 is on record already" in browser.text


def test_an_end_corrected_leaves_the_card_as_it_came_back_and_says_so(
    browse_as: Browse, make: Workshop
) -> None:
    person = make.person(name="Asha")
    card = make.keep(Card(person_id=person.id, number="101", issued_on=date(2026, 1, 2)))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end")
    browser.send({"reason": "retired", **day(TODAY, f"card-{card.id}")})
    browser.get(f"/people/{person.id}/correct").send({"reason": "Somebody else has left"})
    assert "Card 101 is still on record as having come back" in browser.text
    assert "identity card came back on 4 March 2026" in browser.text
    assert "identity card expired" not in browser.text


def test_a_card_cannot_come_back_before_it_was_issued(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    card = make.keep(Card(person_id=person.id, number="101", issued_on=date(2026, 1, 2)))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end")
    browser.send({"reason": "retired", **day(date(2026, 1, 1), f"card-{card.id}")}, status=422)
    assert "A card cannot come back before it is issued" in browser.text


def test_an_applicant_is_not_ended_here(browse_as: Browse, make: Workshop) -> None:
    person = make.person(Stage.VETTING)
    assert "was never appointed" in browse_as(Role.COORDINATOR).get(f"/people/{person.id}/end").text


def test_only_the_coordinator_and_only_people_on_record(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.VOLUNTEER, person=person)
    for path in ("leave", "suspend", "return", "duties", "end"):
        browser.get(f"/people/{person.id}/{path}", status=403)
        browse_as(Role.COORDINATOR).get(f"/people/999/{path}", status=404)
