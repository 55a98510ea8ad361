"""Every page that a role can reach, on a phone and on a desktop: axe finds nothing, nothing sticks out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from icv.rules.access import Role
from tests.browser.conftest import DESKTOP, PHONE, Service, Visit

pytestmark = pytest.mark.browser

MOST_OF_A_KIND = 2
AXE = Axe()


@pytest.mark.parametrize("role", list(Role))
def test_pages_hold_no_barrier(role: Role, example_service: Service, sign_in: Visit) -> None:
    page = sign_in(example_service, role, DESKTOP)
    seen = 0
    for path, is_first in reachable(page, example_service):
        for size in (DESKTOP, PHONE) if is_first else (PHONE,):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            _look_over(page, f"{path} at {size['width']} px")
        seen += 1
    assert seen >= {Role.COORDINATOR: 90, Role.VOLUNTEER: 14, Role.PANEL: 3, Role.POLICE: 2}[role]


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/forgotten-password",
        "/link/unknown",
        "/reference/unknown",
        "/address/unknown",
        "/apply/",
        "/apply/find",
        "/privacy",
        "/accessibility",
        "/statistics/",
        "/statistics/accessibility",
    ],
)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_for_strangers_hold_no_barrier(
    path: str, size: dict[str, int], example_service: Service, sign_in: Visit
) -> None:
    page = sign_in(example_service, Role.PANEL, size)
    page.context.clear_cookies()
    page.goto(example_service.url + path)
    _look_over(page, path)


@pytest.mark.parametrize("path", ["/nowhere", "/people/", "/police/999999"])
def test_refusals_hold_no_barrier(path: str, example_service: Service, sign_in: Visit) -> None:
    page = sign_in(example_service, Role.POLICE, PHONE)
    page.goto(example_service.url + path)
    _look_over(page, path)


def reachable(page: Page, service: Service) -> Iterator[tuple[str, bool]]:
    """Paths reached by following links from the role's first page, and whether it is the first of its kind.

    At most two of a kind; each is open.
    """
    waiting, met = [page.url], set()
    of_a_kind: dict[str, int] = defaultdict(int)
    adapter = service.app.url_map.bind("127.0.0.1")
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if url in met or not url.startswith(service.url):
            continue
        met.add(url)
        try:
            kind, _ = adapter.match(path)
        except HTTPException:
            pytest.fail(f"A link leads to {path}, and there is no such page")
        of_a_kind[kind] += 1
        is_file = re.search(r"\.(ics|svg|css|pdf|csv|json|zip|docx|xlsx)$", path)
        if is_file or of_a_kind[kind] > MOST_OF_A_KIND:
            continue
        answer = page.goto(url)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        yield urlsplit(url).path, of_a_kind[kind] == 1
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        waiting += [
            urljoin(url, link).split("#")[0]
            for link in links
            if not link.startswith(("tel:", "mailto:", "webcal:"))
        ]


def _look_over(page: Page, where: str) -> None:
    found = AXE.run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where}: the page is {wide} px wider than the screen"
