"""An application is gone on with: by a letter, on another device, or after the round has closed."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.store.letters import Letter
from icv.store.people import Round
from icv.store.recruitment import Application
from tests.applications import answers, draft_of
from tests.web.applying.conftest import SAVE, begun, fill, written
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import TODAY


def test_it_goes_on_by_the_letter_on_another_device(
    browser: Browser, open_now: Round, clock: Clock, session: Session, app: Flask
) -> None:
    begun(browser, open_now, clock).send({"name": "Ada"}, button=SAVE)
    browser.send({"email": "ada@example.org"}, button=SAVE)
    path = session.scalars(sa.select(Letter.body)).one().split("http://localhost")[1].split()[0]
    scanner, other = Browser(app), Browser(app)
    scanner.get(path)
    scanner.get("/apply/yours", status=404)
    assert browser.get("/apply/yours").heading == "Your application"
    other.get(path).send(button="Open my application")
    assert "2 of 11 done" in other.text
    assert browser.get("/apply/yours", status=404).heading == "No application is open on this device"
    browser.get(path).send(button="Open my application")
    assert "2 of 11 done" in browser.text
    assert other.get("/apply/yours").heading == "Your application"


def test_a_link_is_asked_for_and_nobody_is_told_whether_there_is_a_draft(
    browser: Browser, open_now: Round, session: Session
) -> None:
    draft_of(session, open_now.id, answers())
    told = set()
    for email in ("ada@example.org", "nobody@example.org"):
        browser.get("/apply/find").send({"email": email}, button="Send me a link")
        told.add(browser.text)
    assert len(told) == 1
    assert session.scalars(sa.select(Letter.to_email)).all() == ["ada@example.org"]


def test_a_stranger_who_asks_for_the_link_throws_nobody_off_their_device(
    browser: Browser, open_now: Round, clock: Clock, app: Flask, session: Session
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/contact").send(
        {"email": "ada@example.org"}, button=SAVE
    )
    Browser(app).get("/apply/find").send({"email": "ada@example.org"}, button="Send me a link")
    browser.get("/apply/yours/why").send({"why": "I care."}, button=SAVE)
    assert written(session)["why"] == {"why": "I care."}


def test_a_link_that_works_no_more_says_what_to_do(browser: Browser) -> None:
    browser.get("/apply/return/unknown", status=404)
    assert browser.heading == "This link no longer works"
    browser.follow("Ask for a new link")


@pytest.mark.parametrize(("button", "drafts"), [("Forget it", 1), ("Delete it", 0)])
def test_the_next_person_on_the_device_finds_nothing(
    browser: Browser, open_now: Round, clock: Clock, session: Session, button: str, drafts: int
) -> None:
    begun(browser, open_now, clock).get("/apply/yours").send(button=button)
    browser.get("/apply/yours", status=404)
    browser.get("/apply/yours/name", status=404)
    assert "You have begun" not in browser.get("/apply/").text
    assert len(session.scalars(sa.select(Application.id)).all()) == drafts


def test_what_was_typed_when_the_browser_had_forgotten_the_draft_can_be_copied(
    browser: Browser, open_now: Round, clock: Clock, app: Flask
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/why")
    lost = Browser(app)
    lost.page = lost.get("/apply/find").page
    lost.post("/apply/yours/why", {"why": "A long <story> of my own"}, status=404)
    assert "A long <story> of my own" in lost.text
    assert browser.get("/apply/yours").heading == "Your application"


def test_what_was_typed_on_a_page_that_had_been_open_too_long_is_sent_again(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/why")
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for control in browser.page.iter("input"):
        if control.get("name") == "csrf_token":
            control.set("value", "stale")
    browser.send({"why": "A long story"}, button=SAVE, status=400)
    assert "not been saved yet" in browser.text
    browser.send(button="Send it now")
    assert written(session)["why"] == {"why": "A long story"}


def test_after_the_round_has_closed_the_draft_is_kept_and_says_until_when(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    open_now.closed_on = TODAY
    session.commit()
    browser.get("/apply/yours/check").send({"is_true": "y"}, button="Send my application", status=422)
    assert "This round closed on 3 March 2026" in browser.text
    assert "kept until 1 April 2026" in browser.text
    assert "cannot be sent any more" in browser.get("/apply/yours").text
