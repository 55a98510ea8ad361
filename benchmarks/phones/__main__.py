"""`python -m benchmarks.phones`: the report's form on a phone with a slow line, beside its goals."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, sync_playwright

from benchmarks.cast import Cast, choose, make_link
from benchmarks.databases import copy_to_measure, remove, url_of
from benchmarks.goals import FIRST_LOAD_KB, Goal
from benchmarks.phones.line import BYTES_A_SECOND, ROUND_TRIP_SECONDS, Line, line_to
from benchmarks.scheme_sizes import SIZES
from benchmarks.serving import served
from benchmarks.tables import Value, machine, print_values
from icv.rules.access import Role
from icv.rules.days import london_day, monday_of
from icv.store.engine import open_engine, writing
from icv.store.visits import Report, ReportSection

USABLE, SENT = Goal(most=3), Goal(most=3)
KEPT_MS = Goal(most=300)
WORDS = "Blankets were clean and warm, the sergeant was helpful, and food was in date."
WAIT_FOR_KEPT = """() => new Promise((resolve) => {
  const words = document.querySelector("[name=positives]").value;
  const from = performance.now();
  const look = () => {
    const asked = indexedDB.open("icv-report");
    asked.onsuccess = () => {
      const all = asked.result.transaction("parts").objectStore("parts").getAll();
      all.onsuccess = () => {
        asked.result.close();
        if (all.result.some((part) => part.fields?.positives === words)) resolve(performance.now() - from);
        else setTimeout(look, 5);
      };
    };
  };
  look();
})"""


def main() -> None:
    print(machine())
    print(f"A line of {BYTES_A_SECOND * 8 / 1000:g} kbit/s, {ROUND_TRIP_SECONDS * 1000:g} ms there and back")
    with _service() as (port, link, visit), line_to(port) as line, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        phone = browser.new_context(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
        page = phone.new_page()
        page.set_default_timeout(60_000)
        print_values(_measure(page, line, link, f"http://127.0.0.1:{line.port}/visits/{visit}/report"))
        browser.close()


@contextmanager
def _service() -> Iterator[tuple[int, str, int]]:
    """Its port, a way in for a visitor, and a visit whose report they have to write."""
    size, monday = SIZES["small"], monday_of(london_day(datetime.now(UTC)))
    database = copy_to_measure(size, monday)
    try:
        engine = open_engine(url_of(database))
        with writing(engine) as session:
            cast = choose(session, monday)
            session.execute(sa.delete(ReportSection).where(ReportSection.report_id.in_(_of(cast))))
            link = make_link(session, cast, Role.VOLUNTEER, datetime.now(UTC))
            session.commit()
        with served(url_of(database)) as server:
            yield server.port, link, cast.records["visit_to_report"]
    finally:
        remove(database)


def _of(cast: Cast) -> sa.Select[tuple[int]]:
    return sa.select(Report.id).where(Report.visit_id == cast.records["visit_to_report"])


def _measure(page: Page, line: Line, link: str, report: str) -> Iterator[Value]:
    line.is_slow = False
    page.goto(f"http://127.0.0.1:{line.port}/link/{link}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/duties/")
    _forget_everything(page)
    page.goto("about:blank")
    yield from _first_load(page, line, report)
    yield from _typing(page)
    line.is_slow = False
    visit = _write(page, report)
    line.is_slow = True
    began = perf_counter()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Report received").wait_for()
    yield Value(f"sending it ({visit}), until the receipt shows", perf_counter() - began, "s", SENT)


def _first_load(page: Page, line: Line, report: str) -> Iterator[Value]:
    """As on a phone that was never here, but for its sign-in."""
    line.is_slow, line.carried = True, 0
    line.fetched.clear()
    began = perf_counter()
    page.goto(f"{report}/remarks", wait_until="commit")
    page.locator("[name=positives]").wait_for()
    page.wait_for_load_state("domcontentloaded")
    yield Value("the form may be filled in after", perf_counter() - began, "s", USABLE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    yield Value("  and opens without signal after", perf_counter() - began, "s")
    yield Value("first load of the form, all of it", line.carried / 1000, "kB", FIRST_LOAD_KB["the report"])
    for path, size in sorted(line.fetched.items(), key=lambda one: -one[1]):
        yield Value(f"  {path.split('?')[0]}", size / 1000, "kB")


def _typing(page: Page) -> Iterator[Value]:
    page.get_by_label("No", exact=True).check()
    page.locator("[name=positives]").press_sequentially(WORDS)
    waited = page.evaluate(WAIT_FOR_KEPT)
    yield Value("what is typed is kept after the last key", waited, "ms", KEPT_MS)


def _write(page: Page, report: str) -> str:
    """The shortest report that can be sent; gives the day it speaks of."""
    page.wait_for_timeout(3000)
    state: dict[str, Any] = json.loads(page.request.get(f"{report}/state").text())
    day = date.fromisoformat(state["visit"]["week_starts_on"])
    page.goto(f"{report}/arrival")
    page.get_by_label("We came, and the suite was closed").check()
    page.get_by_label("What happened?").fill("Closed for works, said a notice")
    for box, words in (("day", day.day), ("month", day.month), ("year", day.year), ("clock", "14:05")):
        page.locator(f"[name=arrived_at-{box}]").fill(str(words))
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/report*")
    page.goto(f"{report}/check")
    page.get_by_role("button", name="Send the report").wait_for()
    page.wait_for_timeout(1000)
    return f"{day}"


def _forget_everything(page: Page) -> None:
    """All but the sign-in."""
    page.evaluate(
        """async () => {
          for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
          for (const name of await caches.keys()) await caches.delete(name);
          indexedDB.deleteDatabase("icv-report");
        }"""
    )
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


main()
