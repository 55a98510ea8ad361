"""Somebody applies page by page, is told what is wrong, and is told what happens next."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services.recruitment.sending import send
from icv.store.letters import Letter
from icv.store.people import Person, Round
from icv.store.scheme import Setting
from tests.applications import CHOICES, FROM, answers, draft_of
from tests.web.applying.conftest import SAVE, begun, fields, fill, written
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop


def test_somebody_applies_page_by_page_and_is_told_what_happens_next(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    assert browser.heading == "Check your answers"
    assert "I know what an outside eye is worth." in browser.text
    browser.send({"is_true": "y"}, button="Send my application")
    assert browser.heading == "Application sent"
    assert "A0001" in browser.text
    assert CHOICES.acknowledgement in browser.text
    person = session.scalars(sa.select(Person)).one()
    assert (person.name, person.round_id) == ("Ada Byron", open_now.id)
    assert written(session) == answers()
    assert set(session.scalars(sa.select(Letter.subject))) == {
        "Go on with your application",
        "We have your application",
    }


def test_the_receipt_is_the_same_for_an_address_on_record(
    browser: Browser, open_now: Round, clock: Clock, make: Workshop, app: Flask
) -> None:
    make.person(email="ada@example.org")
    fill(begun(browser, open_now, clock), answers())
    known = browser.send({"is_true": "y"}, button="Send my application").text
    other = Browser(app)
    fill(begun(other, open_now, clock), answers("eve@example.org"))
    assert other.send({"is_true": "y"}, button="Send my application").text == known.replace(
        "A0001", "A0002"
    ).replace("12:20", "12:40")


def test_back_and_again_shows_the_receipt_and_sends_nothing_twice(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    page = browser.page
    browser.send({"is_true": "y"}, button="Send my application")
    receipt = browser.text
    browser.page = page
    assert browser.send({"is_true": "y"}, button="Send my application").text == receipt
    for path in ("/apply/yours/check", "/apply/yours/why", "/apply/yours"):
        assert browser.get(path).heading == "Application sent"
    assert len(session.scalars(sa.select(Person.id)).all()) == 1


def test_an_answer_is_changed_from_the_last_page_and_one_comes_back_to_it(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.follow("Change where you live").send({"town": "Wigston", "ties": ["study"]}, button=SAVE)
    assert browser.heading == "Check your answers"
    assert written(session)["area"] == {"ties": ["study"], "town": "Wigston"}


def test_the_list_of_pages_says_what_is_left(browser: Browser, open_now: Round, clock: Clock) -> None:
    begun(browser, open_now, clock).send({"name": "Ada"}, button=SAVE)
    browser.get("/apply/yours")
    assert "1 of 11 done" in browser.text
    browser.follow("Why you want to be a visitor")
    browser.send({"why": "I care."}, button=SAVE)
    assert browser.heading == "Who is your first referee?"
    browser.get("/apply/yours/check")
    assert "Not everything is answered yet" in browser.text
    assert "Send my application" not in browser.text


def test_it_is_not_sent_without_the_declaration_that_it_is_true(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.send(button="Send my application", status=422)
    assert "Tick this to send it" in browser.text
    assert session.scalars(sa.select(Person.id)).all() == []


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("name", {"name": "x" * 101}, "Keep this to 100 characters"),
        ("contact", {"email": "ada@nowhere", "phone": "ring me <b>"}, "like name@example.org"),
        ("area", {"ties": ["live"], "town": ""}, "Enter the town"),
        ("connections", {"has_any": "yes", "words": ""}, "what the connection is"),
        ("why", {"why": "x" * 2001}, "2,000 characters: it has 2,001"),
        ("referee-1", {"name": "Sam", "email": "sam"}, "like name@example.org"),
    ],
)
def test_a_wrong_answer_is_told_and_everything_typed_stays(
    browser: Browser, open_now: Round, clock: Clock, page: str, typed: dict[str, Any], words: str
) -> None:
    begun(browser, open_now, clock).get(f"/apply/yours/{page}").send(typed, button=SAVE, status=422)
    assert words in browser.text
    for value in typed.values():
        assert value[:80].replace("<b>", "&lt;b&gt;") in browser.html if isinstance(value, str) else True


def test_answers_that_were_not_offered_are_refused(browser: Browser, open_now: Round, clock: Clock) -> None:
    begun(browser, open_now, clock)
    for page, typed in (
        ("area", {"ties": "moon"}),
        ("age", {"is_adult": "perhaps"}),
        ("roles", {"declared": "x"}),
    ):
        browser.get(f"/apply/yours/{page}").post(f"/apply/yours/{page}", typed, status=422)
        assert "There is a problem" in browser.text
    browser.get("/apply/yours/shoes", status=404)
    browser.post("/apply/yours/name", {"name": "x" * 200_000}, status=413)


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("age", {"is_adult": "no"}, "18 or over"),
        ("area", {"ties": ["none"]}, "Every police area has a scheme"),
        ("roles", {"declared": ["one of them"]}, "once you no longer hold it"),
    ],
)
def test_who_may_not_apply_is_told_at_once_and_can_correct_a_slip(
    browser: Browser, open_now: Round, clock: Clock, page: str, typed: dict[str, Any], words: str
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.get(f"/apply/yours/{page}").send(typed, button=SAVE)
    assert browser.heading == "You cannot apply at the moment"
    assert words in browser.text
    browser.get("/apply/yours")
    assert "cannot be sent" in browser.text
    browser.get("/apply/yours/check")
    assert "Send my application" not in browser.text
    browser.post("/apply/yours/check", {"is_true": "y"}, status=422)
    browser.get("/apply/yours/not-now").follow("change it")
    browser.send(fields(page, answers()[page]), button=SAVE)
    assert browser.heading == "Check your answers"


def test_a_scheme_without_barred_roles_or_references_asks_for_neither(
    browser: Browser, open_now: Round, clock: Clock, make: Workshop
) -> None:
    for name, value in (("barred_roles", "[]"), ("references_wanted", "0")):
        make.keep(Setting(name=name, value=value, effective_on=TODAY, set_at=NOW))
    begun(browser, open_now, clock)
    for page in ("roles", "referee-1"):
        browser.get(f"/apply/yours/{page}", status=404)
    browser.get("/apply/yours/consent")
    assert "referees" not in browser.text
    browser.get("/apply/yours/name")
    fill(browser, answers(consent={"vetting": True}))
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"


@pytest.mark.parametrize(("before", "words"), [(0, "is on its way"), (3, "none goes about this one")])
def test_the_receipt_promises_no_letter_that_does_not_go(
    browser: Browser,
    open_now: Round,
    clock: Clock,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    before: int,
    words: str,
) -> None:
    monkeypatch.setattr("icv.web.applying.views.can_send_letters", lambda: True)
    for number in range(before):
        draft_of(session, open_now.id, answers(), token=f"{number}")
        send(session, f"{number}", CHOICES, from_address=FROM, at=NOW)
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application")
    assert words in browser.text


def test_somebody_signed_in_may_apply_too(
    browse_as: Any, open_now: Round, clock: Clock, make: Workshop
) -> None:
    browser = browse_as(Role.PANEL)
    fill(begun(browser, open_now, clock), answers())
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"
