"""The walk of each page a role can reach, on a phone and on a desktop: axe finds nothing, nothing sticks out.

Each role has a file of its own, for they are the longest tests and run beside each other.
"""

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

LEAST = {Role.COORDINATOR: 90, Role.VOLUNTEER: 14, Role.PANEL: 3, Role.POLICE: 2}
MOST_OF_A_KIND = 2
AXE = Axe()
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_PLACE = ["target-size", "scrollable-region-focusable"]
"""What axe judges by where things stand. All else it judges by what is seen, and in which colours."""

SEEN = """() => [...document.querySelectorAll("body *")].map(one => {
    if (!one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return "";
    const { color, backgroundColor, backgroundImage } = getComputedStyle(one);
    return one.getClientRects().length + color + backgroundColor + backgroundImage;
}).map(seen => seen.replace(/^[1-9][0-9]*/, "seen")).join()"""


def walk(role: Role, service: Service, sign_in: Visit) -> None:
    """The first page of a kind on both screens, a second on the phone.

    A desktop that shows the same things in the same colours is asked only what changes with the place.
    """
    page = sign_in(service, role, PHONE)
    seen = 0
    for path, is_first in reachable(page, service):
        look_over(page, f"{path} on a phone")
        if is_first:
            shown = page.evaluate(SEEN)
            page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
            is_same = page.evaluate(SEEN) == shown
            look_over(page, f"{path} on a desktop", OF_PLACE if is_same else EVERYTHING)
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        seen += 1
    assert seen >= LEAST[role]


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


def look_over(page: Page, where: str, rules: list[str] = EVERYTHING) -> None:
    found = AXE.run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where}: the page is {wide} px wider than the screen"
