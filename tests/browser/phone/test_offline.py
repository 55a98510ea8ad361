"""The whole form without signal after one look at the duty page, and sending it once when there is."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone.conftest import Line
from tests.browser.phone.phones import Pair, Phone

pytestmark = pytest.mark.browser

AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_a_report_is_written_without_signal_and_arrives_with_it(offline: Phone) -> None:
    page, pair = offline.page, offline.pair
    offline.press("Write the report")
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit report")
    _has_no_barrier(page)
    page.get_by_role("link", name="Arrival and entry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arrival and entry")
    _has_no_barrier(page)
    offline.enter_arrival("Closed for works, said Mr Brown 🚧")
    offline.press("Save and go on")
    offline.press("Check and send")
    expect(page.get_by_role("main")).to_contain_text("Closed for works")
    expect(page.get_by_role("main")).to_contain_text("“Mr Brown” looks like somebody’s name")
    _has_no_barrier(page)
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("The report is on this phone")
    _has_no_barrier(page)
    assert len(offline.kept("reports")) == 1
    assert pair.state()["filed"] == []
    offline.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Received at \d\d:\d\d, reference R-")).first).to_be_visible()
    ((reference, content),) = pair.state()["filed"]
    expect(page.get_by_role("main")).to_contain_text(reference)
    assert content["arrival"]["reason"] == "Closed for works, said Mr Brown 🚧"
    assert offline.kept("reports") == offline.kept() == []


def test_a_page_that_takes_too_long_to_come_is_opened_from_the_phone(
    line: Line, new_phone: Callable[[], BrowserContext], pair: Pair
) -> None:
    line.patience_ms = 100
    phone = Phone.signed_in(new_phone(), pair)
    phone.wait_until_ready()
    line.pages.clear()
    phone.open("remarks")
    expect(phone.page.locator("#icv-shell")).to_contain_text("Remarks")
    phone.page.get_by_label("What was good?").fill("Warm blankets")
    phone.wait_until(lambda: pair.state()["parts"], "It was not sent, and there is signal")
    line.pages.set()


def _has_no_barrier(page: Page) -> None:
    found = AXE.run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
