"""What machines send is asked to come again, and nobody is told more than they may know."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people import Person, Round
from tests.applications import answers
from tests.web.applying.conftest import SAVE, begun, fill
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW


def test_a_filled_trap_is_said_plainly_and_the_next_try_goes_through(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    browser.get(f"/apply/{open_now.id}").send({"website": "https://spam"}, button="Start", status=422)
    assert "perhaps by your browser" in browser.text
    assert "https://spam" not in browser.html
    browser.send(button="Start")
    clock.at = NOW + timedelta(minutes=20)
    fill(browser, answers())
    browser.send({"is_true": "y", "website": "x"}, button="Send my application", status=422)
    assert session.scalars(sa.select(Person.id)).all() == []
    browser.send({"is_true": "y"}, button="Send my application")
    assert browser.heading == "Application sent"


def test_what_comes_within_seconds_is_asked_to_come_again(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    fill(begun(browser, open_now, clock), answers())
    clock.at = NOW + timedelta(seconds=9)
    browser.send({"is_true": "y"}, button="Send my application", status=422)
    assert "faster than anybody can type" in browser.text
    clock.at = NOW + timedelta(seconds=10)
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"


def test_a_name_that_leads_somewhere_never_stands_in_a_letter(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    begun(browser, open_now, clock).send({"name": "Win at evil.com"}, button=SAVE, status=422)
    assert "in letters" in browser.text
