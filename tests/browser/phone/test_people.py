"""Whose a report on the phone is: an ended sign-in, another person, signing out, and refused storage."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.phone.phones import Pair, Phone

pytestmark = pytest.mark.browser

REFUSES = "indexedDB.open = () => { throw new DOMException('Storage is refused', 'SecurityError'); };"


def test_a_queue_outlives_the_sign_in_and_goes_on_after_the_next(offline: Phone) -> None:
    offline.queue_report()
    offline.context.clear_cookies()
    offline.context.set_offline(False)
    offline.page.evaluate("dispatchEvent(new Event('online'))")
    expect(offline.page.get_by_role("main")).to_contain_text("Your sign-in has ended")
    assert len(offline.kept("reports")) == 1
    offline.page.get_by_role("link", name="Sign in").first.click()
    expect(offline.page.get_by_role("main")).to_contain_text("A report is kept on this phone")
    offline.sign_in()
    expect(offline.page.get_by_role("main")).to_contain_text("Received at")
    assert len(offline.pair.state()["filed"]) == 1


def test_another_person_on_the_phone_neither_sees_nor_sends_it(offline: Phone, pair: Pair) -> None:
    offline.queue_report("Closed because of a burst pipe")
    offline.context.clear_cookies()
    offline.context.set_offline(False)
    offline.sign_in(1)
    main = offline.page.get_by_role("main")
    expect(main).to_contain_text("This phone also holds a report of somebody else")
    offline.open("arrival")
    expect(offline.page.get_by_label("What happened?")).to_have_value("")
    expect(main).to_contain_text("somebody else")
    expect(main).not_to_contain_text("burst pipe")
    offline.context.set_offline(True)
    offline.open("check")
    expect(main).not_to_contain_text("burst pipe")
    offline.context.set_offline(False)
    assert pair.state()["filed"] == []
    offline.sign_in(0)
    expect(main).to_contain_text("Received at")


def test_signing_out_with_a_queue_stops_and_asks(offline: Phone) -> None:
    offline.queue_report()
    offline.context.clear_cookies(name="nothing")
    offline.context.route("**/submission", lambda route: route.abort())
    offline.context.set_offline(False)
    offline.page.goto(offline.pair.url)
    offline.press("Sign out")
    asked = offline.page.get_by_role("dialog")
    expect(asked).to_contain_text("A report is still on this phone and has not been received")
    asked.get_by_role("button", name="Stay signed in").click()
    expect(asked).to_be_hidden()
    offline.press("Sign out")
    asked.get_by_role("button", name="Sign out anyway").click()
    expect(offline.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert len(offline.kept("reports")) == 1
    offline.context.unroute_all()
    offline.sign_in()
    expect(offline.page.get_by_role("main")).to_contain_text("Received at")


def test_signing_out_with_nothing_waiting_leaves_nothing_on_the_phone(phone: Phone) -> None:
    phone.wait_until_ready()
    phone.press("Sign out")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert phone.kept("visits") == phone.kept() == []


def test_where_storage_is_refused_the_plain_form_works_and_says_so(
    new_phone: Callable[[], BrowserContext], pair: Pair
) -> None:
    context = new_phone()
    context.add_init_script(REFUSES)
    phone = Phone.signed_in(context, pair)
    phone.page.goto(f"{pair.url}/arrival")
    expect(phone.page.get_by_role("main")).to_contain_text("does not let the page keep anything")
    phone.enter_arrival()
    phone.press("Save and go on")
    phone.press("Check and send")
    phone.press("Send the report")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Report received")


def test_the_empty_form_is_the_same_for_everybody(phone: Phone, pair: Pair) -> None:
    fetch = "fetch('/report-shell').then((answer) => answer.text())"
    first = phone.page.evaluate(fetch)
    phone.context.clear_cookies()
    phone.sign_in(1)
    second = phone.page.evaluate(fetch)
    phone.context.clear_cookies()
    assert first == second == phone.page.evaluate(fetch)
    for private in (pair.suite, "Visitor one", "csrf", "Sign out", "data-icv-person"):
        assert private not in first
