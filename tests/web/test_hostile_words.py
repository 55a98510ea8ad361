"""What people type that is no answer: refused in words, with what they typed still there."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import accounts as desk
from icv.store.accounts import Account, LinkPurpose, OneTimeLink
from icv.store.feeds import Feed
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.scheme import Team
from icv.store.suites import Suite
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

Browse = Callable[..., Browser]


@pytest.mark.parametrize(
    ("page", "kept"),
    [("/people/add", Person), ("/settings/suites/add", Suite), ("/settings/teams", Team)],
)
def test_spaces_are_no_name(browse_as: Browse, session: Session, page: str, kept: type) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(page)
    others = {"email": "ada@example.org"} if kept is Person else {}
    often = {"visits_a_week": "1"} if kept is Suite else {}
    coordinator.send({"name": "   ", **others, **often}, status=422)
    assert "There is a problem" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(kept)) == 0


def test_spaces_are_no_name_for_a_calendar_link(browse_as: Browse, make: Workshop, session: Session) -> None:
    browse_as(Role.VOLUNTEER, person=make.person()).get("/calendar-links").send({"label": "  "}, status=422)
    assert session.scalars(sa.select(Feed.id)).all() == []


def test_spaces_are_no_name_for_a_scheme(browser: Browser, session: Session) -> None:
    token = desk.make_link(session, None, LinkPurpose.SET_UP, by=None, at=NOW)
    browser.get(f"/link/{token}").send(
        {"scheme_name": "  ", "name": " ", "email": "ada@example.org", "password": "otter lamp granite"},
        status=422,
    )
    assert "Enter the scheme" in browser.text
    assert "ada@example.org" in browser.html
    assert session.scalars(sa.select(Account.id)).all() == []


@pytest.mark.parametrize("part", ["suite", "contact/add"])
def test_an_answer_that_a_check_does_not_offer_is_refused(
    browse_as: Browse, make: Workshop, part: str
) -> None:
    person = make.person()
    visit = make.visit(make.suite(), person, make.person())
    volunteer = browse_as(Role.VOLUNTEER, person=person).get(f"/visits/{visit.id}/report/{part}")
    volunteer.send({"checks-food": "perhaps"}, status=422)
    assert "There is a problem" in volunteer.text


def set_up_twice(browser: Browser, session: Session, *emails: str) -> Browser:
    """The last of the set-ups sent to one link as it was before the first of them."""
    tokens = [desk.make_link(session, None, LinkPurpose.SET_UP, by=None, at=NOW) for _ in emails]
    for token, email in zip(tokens, emails, strict=True):
        session.execute(sa.update(OneTimeLink).values(expires_at=NOW + timedelta(hours=1)))
        browser.get(f"/link/{token}").send(
            {"scheme_name": "Fenshire", "name": "Ada", "email": email, "password": "otter lamp granite"},
            status=422 if email is emails[-1] else 200,
        )
    return browser


def test_a_scheme_that_was_set_up_in_between_is_not_set_up_again(browser: Browser, session: Session) -> None:
    set_up_twice(browser, session, "ada@example.org", "bo@example.org")
    assert "set up already" in browser.text
    assert session.scalars(sa.select(Account.email)).all() == ["ada@example.org"]


def test_an_address_with_a_way_in_does_not_set_a_scheme_up(
    browser: Browser, make: Workshop, session: Session
) -> None:
    make.account(Role.PANEL, email="ada@example.org")
    set_up_twice(browser, session, "ada@example.org")
    assert "has a way in already" in browser.text


def test_the_change_between_two_periods_is_said_in_words(browse_as: Browse, make: Workshop) -> None:
    make.visit(week=date(2026, 2, 2), outcome="completed")
    assert "nothing can be compared." in browse_as(Role.PANEL).get("/panel/").text


def test_of_two_letters_with_a_way_in_the_latest_always_holds_the_link_that_works(
    browser: Browser, make: Workshop, session: Session
) -> None:
    """Asked for twice within a minute by an impatient finger, the older link has stopped."""
    account = make.account(Role.PANEL)
    for _ in range(2):
        browser.get("/forgotten-password").send({"email": account.email})
    latest = session.scalars(sa.select(Letter.body).order_by(Letter.id.desc())).first()
    browser.get(re.search(r"/link/\S+", latest)[0])
    assert browser.heading == "Choose your password"
