"""Changing the own e-mail address, through real requests: asked for on the own page, confirmed by letters."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.accounts import Account
from icv.store.letters import Letter
from icv.store.people import Person
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import Workshop

Browse = Callable[..., Browser]
NEW = "asha.new@example.org"


@pytest.fixture
def asha(make: Workshop) -> Person:
    return make.person(name="Asha Patel", email="asha@example.org")


@pytest.fixture
def signed_in(browse_as: Browse, session: Session, asha: Person) -> Browser:
    browser = browse_as(Role.VOLUNTEER, person=asha)
    account = session.get_one(Account, asha.account_id)
    account.email = account.email_key = asha.email
    return browser


def ask(browser: Browser, session: Session, email: str = NEW) -> list[str]:
    """The paths in the letters to the old address and to the new."""
    browser.get("/record/").follow("Change e-mail address").send({"email": email}, button="Write to both")
    letters = session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(2)).all()
    found = [re.search(r"http://\S+", letter.body) for letter in reversed(letters)]
    return [urlsplit(link[0]).path if link else "" for link in found]


def test_i_change_my_address_by_both_letters(
    app: Flask, session: Session, signed_in: Browser, asha: Person
) -> None:
    old, new = ask(signed_in, session)
    assert "Two letters are on their way" in signed_in.text
    assert f"You asked to use {NEW}." in signed_in.text
    elsewhere = Browser(app)
    elsewhere.get(new)
    assert "Asha" not in elsewhere.html, "the new address may be a stranger's"
    elsewhere.send(button="Yes, this address is mine")
    assert elsewhere.heading == "Confirmed: one address to go"
    elsewhere.get(new)
    assert "It waits for the address in use so far" in elsewhere.text
    signed_in.get("/record/address")
    assert f"At {NEW}: confirmed" in signed_in.text
    elsewhere.get(old).send(button="Yes, I asked")
    assert elsewhere.heading == "Your e-mail address is changed"
    session.expire_all()
    assert asha.email == NEW
    elsewhere.get(old, status=404)
    assert elsewhere.heading == "This link serves no more"
    elsewhere.post(old, {"answer": "confirm"}, status=404)


def test_whoever_did_not_ask_stops_it_and_is_offered_a_new_password(
    app: Flask, session: Session, signed_in: Browser, asha: Person
) -> None:
    old, new = ask(signed_in, session)
    elsewhere = Browser(app)
    elsewhere.get(old).send(button="Stop")
    assert elsewhere.heading == "Stopped: the e-mail address stays as it is"
    assert "/forgotten-password" in elsewhere.html
    elsewhere.get(new, status=404)
    session.expire_all()
    assert asha.email == "asha@example.org"


def test_a_stranger_who_stops_it_learns_nothing_of_the_account(
    app: Flask, session: Session, signed_in: Browser
) -> None:
    _, new = ask(signed_in, session)
    elsewhere = Browser(app)
    elsewhere.get(new).send(button="Stop")
    assert "password" not in elsewhere.text


def test_the_page_is_the_same_for_an_address_that_is_somebodys(
    session: Session, make: Workshop, signed_in: Browser
) -> None:
    make.person(email="taken@example.org")
    ask(signed_in, session, "free@example.org")
    free = signed_in.text
    ask(signed_in, session, "taken@example.org")
    assert signed_in.text == free.replace("free@", "taken@")


def test_links_serve_for_two_days(app: Flask, session: Session, signed_in: Browser, clock: Clock) -> None:
    old, _ = ask(signed_in, session)
    clock.at += timedelta(days=2)
    Browser(app).get(old, status=404)


def test_i_stop_my_own_change(session: Session, signed_in: Browser) -> None:
    ask(signed_in, session)
    signed_in.send(button="Stop this change")
    assert "The change is stopped" in signed_in.text
    assert "A change waits" not in signed_in.text


@pytest.mark.parametrize("email", ["", "nonsense", "asha@example.org"])
def test_what_is_no_new_address_is_said_beside_the_field(signed_in: Browser, email: str) -> None:
    signed_in.get("/record/address").send({"email": email}, button="Write to both", status=422)
    assert "There is a problem" in signed_in.text
    assert f'value="{email}"' in signed_in.html or not email


def test_a_made_up_link_leads_to_a_page_that_says_so(browser: Browser) -> None:
    browser.get("/address/nonsense", status=404)
    assert browser.heading == "This link serves no more"
