"""A visitor's phone: Chromium with the screen of one, its store, and the line that it has or has not."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from icv.rules.access import Role
from icv.rules.days import london_day, monday_of
from icv.services import accounts as desk
from icv.store.accounts import LinkPurpose
from icv.store.engine import open_engine, writing
from icv.store.visits import Report, ReportSection
from tests.browser.conftest import PATIENCE_MS, Service
from tests.chromium import QUIET
from tests.workshop import Workshop

SMALL = {"width": 320, "height": 640}
LOOKS: dict[str, Any] = {
    "viewport": SMALL,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "reduced_motion": "reduce",
}
NEWS = "main > .icv-unsent"
# A promise of a page is waited for without end: one that may never be kept fails, or is asked for again.
HAS_WORKER = "navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))"
KEPT = """store => new Promise((resolve, reject) => {
  const asked = indexedDB.open("icv-report");
  asked.onupgradeneeded = () => { asked.transaction.abort(); resolve([]); };  // made by the page alone
  asked.onerror = () => reject(asked.error);
  setTimeout(() => reject(new Error("The phone's store does not answer")), 30000);
  asked.onsuccess = () => {
    const base = asked.result;
    if (!base.objectStoreNames.contains(store)) { base.close(); return resolve([]); }
    const all = base.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { base.close(); resolve(all.result); };
  };
})"""


@dataclass(frozen=True)
class Phone:
    """Somebody's phone, and what they do with it."""

    context: BrowserContext
    page: Page
    pair: "Pair"

    @classmethod
    def signed_in(cls, context: BrowserContext, pair: "Pair", number: int = 0) -> "Phone":
        phone = cls(context, context.new_page(), pair)
        phone.sign_in(number)
        return phone

    def sign_in(self, number: int = 0) -> None:
        """By a link of the first or the second of the pair."""
        self.page.goto(self.pair.link(number))
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/duties/")

    def wait_until_ready(self) -> None:
        """Until the form would open without signal."""
        self.wait_until(lambda: self.page.evaluate(HAS_WORKER), "The worker that opens the form did not come")
        self.wait_until(lambda: self.kept("visits"), "The duty page kept nothing of the visit")

    def wait_until(self, is_so: Callable[[], object], otherwise: str) -> None:
        """For what no page shows."""
        until = monotonic() + PATIENCE_MS / 1000
        while not is_so():
            assert monotonic() < until, otherwise
            self.page.wait_for_timeout(50)

    def kept(self, store: str = "parts") -> list[dict[str, Any]]:
        """What the phone keeps: of `parts`, `visits` or `reports`."""
        found: list[dict[str, Any]] = self.page.evaluate(KEPT, store)
        return found

    def open(self, part: str = "") -> None:
        """Until its script watches: the place for its news is put there last."""
        self.page.goto(f"{self.pair.url}/{part}".rstrip("/"))
        self.page.locator(NEWS).wait_for(state="attached")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def enter_arrival(self, reason: str = "Closed for works, said a notice") -> None:
        """Into its form: the shortest report that can be sent, of a suite that was closed."""
        self.page.get_by_label("We came, and the suite was closed").check()
        self.page.get_by_label("What happened?").fill(reason)
        self.enter_time("arrived_at", "14:05")

    def enter_time(self, name: str, clock: str) -> None:
        day = self.pair.day
        for box, words in (("day", day.day), ("month", day.month), ("year", day.year), ("clock", clock)):
            self.page.locator(f"[name={name}-{box}]").fill(str(words))

    def queue_report(self, reason: str = "Closed for works, said a notice") -> None:
        """Writes the shortest report without signal, and sends it."""
        self.open("arrival")
        self.enter_arrival(reason)
        self.press("Save and go on")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Visit report")
        self.press("Check and send")
        self.press("Send the report")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("The report is on this phone")


@contextmanager
def own_phone(chromium: Browser, profile: Path) -> Iterator[tuple[BrowserContext, int]]:
    """A browser with its own profile on the disk, and the number of its process, to be killed by the test."""
    context = chromium.browser_type.launch_persistent_context(
        str(profile),
        executable_path=shutil.which("chromium"),
        args=list(QUIET),
        **LOOKS,
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context, _process_of(profile)
    finally:
        with suppress(Error):  # a browser that the test has killed may be known to be gone by now
            context.close()


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def _process_of(profile: Path) -> int:
    """The oldest process that was started with this profile."""
    found = []
    for directory in Path("/proc").iterdir():
        try:
            words = (directory / "cmdline").read_bytes().decode().split("\0")
        except (OSError, ValueError):
            continue
        if f"--user-data-dir={profile}" in words and not any(word.startswith("--type=") for word in words):
            found.append(int(directory.name))
    return min(found)


@dataclass(frozen=True)
class Pair:
    """A visit of last week that two visitors have to report on, and ways in for both."""

    visit_id: int
    day: date
    suite: str
    account_ids: tuple[int, int]
    service: Service

    @property
    def path(self) -> str:
        return f"/visits/{self.visit_id}/report"

    @property
    def url(self) -> str:
        return self.service.url + self.path

    def link(self, number: int = 0) -> str:
        """A fresh one-time link of the first or the second of them."""
        return link_of(self.service, self.account_ids[number])

    def state(self) -> dict[str, Any]:
        """What the server holds: its parts by name, and of the filed report reference and outcome."""
        with open_engine(self.service.database_url).connect() as connection:
            parts = connection.execute(
                sa.select(ReportSection.name, ReportSection.answers)
                .join(Report, Report.id == ReportSection.report_id)
                .where(Report.visit_id == self.visit_id)
            )
            filed = connection.execute(
                sa.select(Report.reference, Report.content).where(
                    Report.visit_id == self.visit_id, Report.filed_at.is_not(None)
                )
            ).all()
            return {
                "parts": {row.name: row.answers for row in parts},
                "filed": [tuple(row) for row in filed],
            }


def new_pair(service: Service) -> Pair:
    engine = open_engine(service.database_url)
    with writing(engine) as session:
        make, number = Workshop(session), uuid4().hex[:6]
        accounts = [
            make.account(Role.VOLUNTEER, name=f"Visitor {who} {number}", email=f"{who}{number}@example.org")
            for who in ("one", "two")
        ]
        people = [
            make.person(name=account.name, email=account.email, account_id=account.id) for account in accounts
        ]
        suite = make.suite(f"Suite {number}")
        last_week = monday_of(london_day(datetime.now(UTC))) - timedelta(weeks=1)
        visit = make.visit(suite, *people, week=last_week, reference=f"V-{number}")
        session.commit()
        pair = Pair(visit.id, last_week, suite.name, (accounts[0].id, accounts[1].id), service)
    engine.dispose()
    return pair


def link_of(service: Service, account_id: int) -> str:
    engine = open_engine(service.database_url)
    with writing(engine) as session:
        now = datetime.now(UTC)
        token = desk.make_link(session, account_id, LinkPurpose.SIGN_IN, by=None, at=now)
        session.commit()
    engine.dispose()
    return f"{service.url}/link/{token}"
