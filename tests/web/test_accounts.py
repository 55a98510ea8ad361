"""Signing in, links and passwords, through real requests."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import accounts as desk
from icv.store.accounts import Account, LinkPurpose, SignIn
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

PASSWORD = "otter lamp granite"


def with_password(make: Workshop, *roles: Role) -> Account:
    return make.account(*roles, password_hash=desk.HASHER.hash(PASSWORD))


def sign_in(browser: Browser, account: Account, password: str = PASSWORD, status: int = 200) -> Browser:
    return browser.get("/sign-in").send({"email": account.email, "password": password}, status=status)


def test_a_stranger_is_asked_to_sign_in_and_comes_back(browser: Browser, make: Workshop) -> None:
    account = with_password(make, Role.COORDINATOR)
    browser.get("/accounts/")
    assert browser.path == "/sign-in"
    browser.send({"email": account.email.upper(), "password": PASSWORD})
    assert browser.path == "/accounts/"


def test_nobody_is_sent_to_another_site(browser: Browser, make: Workshop) -> None:
    account = with_password(make, Role.COORDINATOR)
    browser.get("/sign-in?next=//example.net/").send(
        {"email": account.email, "password": PASSWORD}, follow=False, status=302
    )
    assert browser.answer.headers["Location"] == "/"


def test_a_wrong_password_keeps_the_address_typed(browser: Browser, make: Workshop) -> None:
    account = with_password(make, Role.COORDINATOR)
    sign_in(browser, account, "not that one at all", status=422)
    assert "do not belong together" in browser.text
    assert account.email in browser.html


def test_a_stranger_cannot_tell_who_has_an_account(browser: Browser, make: Workshop) -> None:
    account = with_password(make, Role.COORDINATOR)
    sign_in(browser, account, "not that one at all", status=422)
    known = browser.text
    browser.get("/sign-in").send({"email": "nobody@example.org", "password": PASSWORD}, status=422)
    assert browser.text == known


def test_guessing_is_stopped_for_a_while(browser: Browser, make: Workshop, clock: Clock) -> None:
    account = with_password(make, Role.COORDINATOR)
    for _ in range(desk.MOST_TRIES_AN_ACCOUNT):
        sign_in(browser, account, "not that one at all", status=422)
    sign_in(browser, account, status=422)
    assert "too many tries" in browser.text
    clock.at = NOW + desk.THROTTLE_WINDOW + timedelta(seconds=1)
    sign_in(browser, account)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(
    browse_as: Callable[..., Browser], app: Flask
) -> None:
    browser = browse_as(Role.COORDINATOR)
    browser.get("/accounts/")
    cookie = browser.client.get_cookie("icv").value
    browser.get("/sign-ins/").post("/sign-out")
    thief = Browser(app)
    thief.client.set_cookie("icv", cookie)
    thief.get("/accounts/")
    assert thief.path == "/sign-in"


def test_looking_at_a_link_does_not_use_it_up(browser: Browser, make: Workshop, app: Flask) -> None:
    account = make.account(Role.PANEL)
    token = desk.make_link(make.session, account.id, LinkPurpose.INVITATION, by=None, at=NOW)

    browser.get(f"/link/{token}").get(f"/link/{token}")
    browser.send({"password": PASSWORD}, follow=False, status=302)
    Browser(app).get(f"/link/{token}", status=404)


def test_a_link_does_not_outlive_its_time(browser: Browser, make: Workshop, clock: Clock) -> None:
    account = make.account(Role.PANEL)
    token = desk.make_link(make.session, account.id, LinkPurpose.NEW_PASSWORD, by=None, at=NOW)

    clock.at = NOW + timedelta(hours=2)
    browser.get(f"/link/{token}", status=404)
    assert "no longer works" in browser.heading


def test_a_newer_link_takes_the_place_of_an_older_one(browser: Browser, make: Workshop) -> None:
    account = make.account(Role.PANEL)
    older = desk.make_link(make.session, account.id, LinkPurpose.INVITATION, by=None, at=NOW)
    desk.make_link(make.session, account.id, LinkPurpose.INVITATION, by=None, at=NOW)

    browser.get(f"/link/{older}", status=404)


def test_a_weak_password_is_refused_in_words(browser: Browser, make: Workshop) -> None:
    account = make.account(Role.PANEL)
    token = desk.make_link(make.session, account.id, LinkPurpose.INVITATION, by=None, at=NOW)

    browser.get(f"/link/{token}").send({"password": "short"}, status=422)
    assert "at least 12 characters" in browser.text


def test_a_new_password_ends_the_other_sign_ins(
    browse_as: Callable[..., Browser], browser: Browser, session: Session
) -> None:
    elsewhere = browse_as(Role.COORDINATOR)
    account_id = session.scalars(sa.select(Account.id)).one()
    token = desk.make_link(session, account_id, LinkPurpose.NEW_PASSWORD, by=None, at=NOW)

    browser.get(f"/link/{token}").send({"password": PASSWORD}, follow=False, status=302)
    elsewhere.get("/accounts/")
    assert elsewhere.path == "/sign-in"


def test_a_form_sent_after_the_sign_in_ended_is_kept_and_sent_again(
    browse_as: Callable[..., Browser], session: Session, make: Workshop
) -> None:
    account = with_password(make, Role.COORDINATOR)
    browser = browse_as(Role.COORDINATOR)
    browser.get("/accounts/invite")
    session.execute(sa.delete(SignIn))

    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    browser.send({"email": "new@example.org", "name": "A <new> name", "roles": ["panel"]}, status=401)
    assert "kept on this page" in browser.text
    browser.send({"email": account.email, "password": PASSWORD})
    assert "not been saved yet" in browser.text
    browser.send(button="Send it now")
    assert "The link is ready" in browser.heading
    assert session.scalar(sa.select(Account.name).where(Account.email == "new@example.org")) == "A <new> name"


def test_a_form_from_another_site_is_not_kept(browse_as: Callable[..., Browser]) -> None:
    browser = browse_as(Role.COORDINATOR)
    browser.get("/accounts/invite")
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    browser.answer = browser.client.post("/accounts/invite", data={"email": "evil@example.org"})
    assert browser.answer.status_code == 400
    assert "evil@example.org" not in browser.html


def test_a_visitor_who_has_left_is_let_in_no_more(
    browse_as: Callable[..., Browser], make: Workshop, clock: Clock
) -> None:
    person = make.person(left_on=TODAY + timedelta(days=1))
    browser = browse_as(Role.VOLUNTEER, person=person)
    browser.get("/sign-ins/")
    assert browser.path == "/sign-ins/"
    clock.at = NOW + timedelta(days=1)
    browser.get("/sign-ins/")
    assert browser.path == "/sign-in"


def test_the_first_coordinator_sets_the_scheme_up_once(
    browser: Browser, session: Session, app: Flask
) -> None:
    token = desk.make_link(session, None, LinkPurpose.SET_UP, by=None, at=NOW)

    asked = {"scheme_name": "Fenshire custody visiting", "name": "Jo", "email": "jo@example.org"}
    browser.get(f"/link/{token}").send({**asked, "password": PASSWORD}, follow=False, status=302)
    assert browser.get("/accounts/").html.count("Fenshire custody visiting")
    Browser(app).get(f"/link/{token}", status=404)


def test_signing_in_and_out_stand_in_the_trail(browser: Browser, make: Workshop, session: Session) -> None:
    account = make.account(Role.COORDINATOR)
    token = desk.make_link(session, account.id, LinkPurpose.SIGN_IN, by=None, at=NOW)
    browser.get(f"/link/{token}").send(button="Sign in")
    browser.get("/sign-ins/").post("/sign-out")
    acts = session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts == ["make sign_in link", "use link", "sign in", "sign out"]


def test_forms_are_taken_over_https(app: Flask, make: Workshop) -> None:
    account = with_password(make, Role.COORDINATOR)
    browser = Browser(app)
    browser.client.environ_base.update(
        {"wsgi.url_scheme": "https", "HTTP_REFERER": "https://localhost/sign-in"}
    )
    sign_in(browser, account)
    assert "Accounts" in browser.html
