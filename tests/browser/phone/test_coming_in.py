"""Somebody signs in on a phone where another person had not signed out, and sees nothing of theirs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Service
from tests.browser.phone.conftest import Line
from tests.browser.phone.phones import Pair, Phone, new_pair

pytestmark = pytest.mark.browser

KNOWS_NOBODY = "No report can be written here without signal"


@pytest.fixture
def other(field: Service) -> Pair:
    """Of another visit, and about to sign in on the first one's phone."""
    return new_pair(field)


@pytest.fixture
def passed_on(phone: Phone, other: Pair) -> Phone:
    """The first one's, who has not signed out; the way in for somebody else is open on it."""
    phone.wait_until_ready()
    phone.page.goto(other.link())
    return phone


def test_a_page_that_takes_too_long_is_waited_for_when_somebody_has_come_in(
    line: Line, new_phone: Callable[[], BrowserContext], pair: Pair, other: Pair
) -> None:
    line.patience_ms = 100
    phone = Phone.signed_in(new_phone(), pair)
    phone.wait_until_ready()
    phone.page.goto(other.link())
    line.pages.clear()
    phone.page.get_by_role("button", name="Sign in").click(no_wait_after=True)
    phone.wait_until(line.held.is_set, "The page after the way in was not asked for")
    phone.page.wait_for_timeout(1500)  # many times as long as this phone waits
    line.pages.set()
    main = phone.page.get_by_role("main")
    expect(main).to_contain_text(other.suite)
    expect(main).not_to_contain_text(pair.suite)
    expect(phone.page.locator("#icv-shell")).to_have_count(0)


def test_where_no_page_comes_the_form_shows_nobodys_visits_until_one_has_said_whose_it_is(
    passed_on: Phone, line: Line, pair: Pair, other: Pair
) -> None:
    main = passed_on.page.get_by_role("main")
    line.is_down = True
    passed_on.press("Sign in")
    expect(main).to_contain_text(KNOWS_NOBODY)
    expect(main).not_to_contain_text(pair.suite)
    passed_on.page.goto(f"{pair.url}/remarks")
    expect(main).to_contain_text("This page needs signal")
    line.is_down = False
    passed_on.page.get_by_role("link", name="Reports on this phone").click()
    expect(main).to_contain_text(other.suite)
    passed_on.wait_until(
        lambda: other.visit_id in {one["visit"] for one in passed_on.kept("visits")},
        "Nothing was kept of the visit of whoever came in",
    )
    line.is_down = True
    passed_on.page.goto(f"{pair.service.url}/duties/")
    expect(main).to_contain_text("No signal")
    expect(main).to_contain_text(other.suite)
    expect(main).not_to_contain_text(pair.suite)


def test_whoever_finds_no_signal_when_signing_in_again_still_has_their_report(
    offline: Phone, pair: Pair
) -> None:
    offline.context.set_offline(False)
    offline.page.goto(pair.link())
    offline.context.set_offline(True)
    offline.press("Sign in")
    offline.page.wait_for_url("chrome-error://**")
    offline.page.goto(f"{pair.service.url}/duties/")
    expect(offline.page.get_by_role("main")).to_contain_text(pair.suite)


def test_a_way_in_that_did_not_open_leaves_the_report_to_whom_it_was(offline: Phone, pair: Pair) -> None:
    offline.context.set_offline(False)
    offline.context.clear_cookies()
    offline.page.goto(f"{pair.service.url}/sign-in")
    offline.page.get_by_label("E-mail address").fill("somebody@example.org")
    offline.page.get_by_label("Password", exact=True).fill("not the password")
    offline.press("Sign in")
    expect(offline.page.get_by_role("alert")).to_contain_text("do not belong together")
    offline.context.set_offline(True)
    offline.page.goto(f"{pair.service.url}/duties/")
    expect(offline.page.get_by_role("main")).to_contain_text(pair.suite)
