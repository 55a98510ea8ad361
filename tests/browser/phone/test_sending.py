"""A report goes once: double presses, four tabs, two phones, a line that comes and goes, and a portal."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.phone.conftest import Line
from tests.browser.phone.phones import Pair, Phone

pytestmark = pytest.mark.browser

GONE_OR_KEPT = re.compile("Report received|The report is on this phone")
RECEIVED = re.compile(r"Received at \d\d:\d\d, reference R-")


def test_a_double_press_with_signal_sends_once(phone: Phone) -> None:
    phone.open("arrival")
    phone.enter_arrival()
    phone.press("Save and go on")
    phone.press("Check and send")
    phone.page.get_by_role("button", name="Send the report").dblclick()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Report received")
    assert len(phone.pair.state()["filed"]) == 1
    assert phone.kept() == phone.kept("reports") == []


def test_a_wifi_sign_in_page_is_no_receipt(offline: Phone, line: Line) -> None:
    offline.queue_report()
    line.is_portal = True
    offline.context.set_offline(False)
    offline.page.evaluate("dispatchEvent(new Event('online'))")
    offline.page.wait_for_timeout(500)
    assert len(offline.kept("reports")) == 1
    expect(offline.page.get_by_role("main")).to_contain_text("It is sent when there is signal")
    line.is_portal = False
    offline.open()
    expect(offline.page.get_by_text(RECEIVED).first).to_be_visible()
    assert len(offline.pair.state()["filed"]) == 1


def test_a_line_that_fails_once_more_as_it_comes_back_is_tried_again_soon(offline: Phone) -> None:
    failed: list[Route] = []

    def fail_once(route: Route) -> None:
        if failed:
            route.continue_()
        else:
            failed.append(route)
            route.abort()

    offline.queue_report()
    offline.context.route("**/report/state", fail_once)
    offline.context.set_offline(False)
    expect(offline.page.get_by_text(RECEIVED).first).to_be_visible()
    assert failed


def test_four_tabs_send_one_report(offline: Phone) -> None:
    offline.queue_report()
    tabs = [offline.page, *(offline.context.new_page() for _ in range(3))]
    for tab in tabs[1:]:
        tab.goto(offline.pair.url)
    offline.context.set_offline(False)
    for tab in tabs:
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in tabs:
        expect(tab.get_by_role("main")).to_contain_text("eceived")
    assert len(offline.pair.state()["filed"]) == 1
    assert offline.kept("reports") == []


def test_two_phones_of_the_pair_send_and_neither_is_lost(
    offline: Phone, new_phone: Callable[[], BrowserContext], pair: Pair
) -> None:
    other = Phone.signed_in(new_phone(), pair, 1)
    other.wait_until_ready()
    other.context.set_offline(True)
    offline.queue_report("Closed, said the first")
    other.queue_report("Closed, said the second")
    for one in (offline, other):
        one.context.set_offline(False)
        expect(one.page.get_by_text(RECEIVED).first).to_be_visible()
        assert one.kept("reports") == []
    ((reference, content),) = pair.state()["filed"]
    assert content["arrival"]["reason"] == "Closed, said the first"
    expect(other.page.get_by_role("main")).to_contain_text("Yours is kept too")
    expect(other.page.get_by_role("main")).to_contain_text(reference)


def test_what_the_partner_saved_too_is_shown_beside_mine(
    phone: Phone, new_phone: Callable[[], BrowserContext], pair: Pair
) -> None:
    phone.open("remarks")
    phone.context.set_offline(True)
    phone.page.get_by_label("What was good?").fill("Mine")
    expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()
    other = Phone.signed_in(new_phone(), pair, 1)
    other.open("remarks")
    other.page.get_by_label("What was good?").fill("Theirs")
    other.press("Save and go on")
    other.page.wait_for_url("**/report*")
    phone.context.set_offline(False)
    phone.page.goto(pair.service.url + "/duties/")
    expect(phone.page.get_by_role("main")).to_contain_text("your partner saved this too")
    phone.page.get_by_role("link", name="Remarks").click()
    expect(phone.page.get_by_role("table")).to_contain_text("Theirs")
    expect(phone.page.get_by_label("What was good?")).to_have_value("Mine")
    phone.press("Save and go on")
    phone.page.wait_for_url("**/report")
    assert pair.state()["parts"]["remarks"]["positives"] == "Mine"


@pytest.mark.parametrize("gone", range(5))
def test_the_line_may_go_at_any_step(offline: Phone, gone: int) -> None:
    """It is gone for one step of five, and there for all others."""
    steps: list[Callable[[], None]] = [
        lambda: offline.open("arrival"),
        offline.enter_arrival,
        lambda: offline.press("Save and go on"),
        lambda: offline.press("Check and send"),
        lambda: offline.press("Send the report"),
    ]
    for number, step in enumerate(steps):
        offline.context.set_offline(number == gone)
        step()
    expect(offline.page.get_by_role("heading", level=1)).to_have_text(GONE_OR_KEPT)
    offline.context.set_offline(False)
    # A page that is asked for while the report is being filed may be of just before.
    offline.wait_until(lambda: offline.pair.state()["filed"], "The report did not arrive")
    offline.open()
    expect(offline.page.get_by_role("heading", level=1)).to_have_text("Report received")
    assert len(offline.pair.state()["filed"]) == 1
