"""The whole form without signal after one look at the duty page, and sending it once when there is."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from icv.store.engine import open_engine
from icv.store.everything import METADATA
from tests.browser.conftest import Service, served
from tests.browser.phones import Pair, kept, new_pair, phone, signed_in

pytestmark = pytest.mark.browser

AXE = Axe()


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    file = tmp_path_factory.mktemp("field") / "icv.db"
    engine = open_engine(f"sqlite:///{file}")
    METADATA.create_all(engine)
    engine.dispose()
    yield from served(file)


@pytest.fixture
def pair(field: Service) -> Pair:
    return new_pair(field)


@pytest.fixture
def ready(chromium: Browser, pair: Pair) -> Iterator[tuple[BrowserContext, Page]]:
    """A phone that has opened the duty page once, and is now without signal."""
    context = phone(chromium)
    page = signed_in(context, pair.link())
    wait_until_it_works_offline(page)
    context.set_offline(True)
    yield context, page
    context.close()


def wait_until_it_works_offline(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for _ in range(50):
        if kept(page, "visits"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("The duty page kept nothing of the visit")


def test_the_form_is_written_and_queued_without_signal_and_arrives_with_it(
    pair: Pair, ready: tuple[BrowserContext, Page]
) -> None:
    context, page = ready
    page.get_by_role("button", name="Write the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit report")
    _has_no_barrier(page)
    page.get_by_role("link", name="Arrival and entry").click()
    _has_no_barrier(page)
    page.get_by_label("We came, and the suite was closed").check()
    page.get_by_label("What happened?").fill("Closed for works, said a notice 🚧")
    _at(page, "arrived_at", pair, "14:05")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_role("main")).to_contain_text("Closed for works")
    _has_no_barrier(page)
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("The report is on this phone")
    assert len(kept(page, "reports")) == 1
    assert pair.state()["filed"] == []
    context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Received at \d\d:\d\d, reference R-")).first).to_be_visible()
    assert len(pair.state()["filed"]) == 1
    assert kept(page, "reports") == kept(page) == []


def _at(page: Page, name: str, pair: Pair, clock: str) -> None:
    for box, words in (
        ("day", pair.day.day),
        ("month", pair.day.month),
        ("year", pair.day.year),
        ("clock", clock),
    ):
        page.locator(f"[name={name}-{box}]").fill(str(words))


def _has_no_barrier(page: Page) -> None:
    found = AXE.run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
