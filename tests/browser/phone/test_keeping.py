"""What is typed of a report stays on the phone, whatever becomes of the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Route, expect

from icv.store.engine import open_engine, writing
from icv.store.visits import Visit
from tests.browser.conftest import PATIENCE_MS
from tests.browser.phone.phones import LOOKS, Pair, Phone, kill, own_phone

pytestmark = pytest.mark.browser

TYPES_AT_ONCE = """new MutationObserver((changes, watch) => {
  const box = document.querySelector("#icv-shell form [name=positives]");
  if (!box) return;
  watch.disconnect();
  box.value = "Warm blankets";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document, { childList: true, subtree: true });"""
"""The moment the form is there."""


@pytest.fixture
def first_time(chromium: Browser, pair: Pair) -> Iterator[Phone]:
    """A phone that keeps no form yet: what it needs comes over the line each time."""
    context = chromium.new_context(**LOOKS, service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    yield Phone.signed_in(context, pair)
    context.close()


def test_what_is_typed_before_the_script_has_loaded_is_kept_too(first_time: Phone) -> None:
    phone, sent = first_time, list[Route]()
    phone.context.route("**/report/parts", lambda route: sent.append(route))
    _type_early(phone, "Warm blankets")
    assert phone.kept()[0]["fields"]["positives"] == "Warm blankets"
    phone.wait_until(lambda: sent, "It was not sent")
    sent[0].continue_()
    phone.wait_until(lambda: not phone.kept(), "It stayed on the phone")
    assert phone.pair.state()["parts"]["remarks"]["positives"] == "Warm blankets"


def test_what_is_typed_early_goes_over_what_was_kept_before_and_leaves_the_rest(first_time: Phone) -> None:
    phone = first_time
    phone.open("remarks")
    phone.context.route("**/report/parts", lambda route: route.abort())
    phone.page.get_by_label("What was good?").fill("Kind staff")
    phone.page.get_by_label("Anything else?").fill("A broken clock")
    expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()
    # That is so of the first by now: the second may be kept after it.
    phone.wait_until(lambda: phone.kept()[0]["fields"]["other"] == "A broken clock", "It was not kept")
    _type_early(phone, "Warm blankets")
    fields = phone.kept()[0]["fields"]
    assert (fields["positives"], fields["other"]) == ("Warm blankets", "A broken clock")
    expect(phone.page.get_by_label("Anything else?")).to_have_value("A broken clock")


def test_without_signal_what_is_typed_as_soon_as_the_form_shows_goes_over_what_was_kept(
    offline: Phone,
) -> None:
    offline.open("remarks")
    offline.page.get_by_label("What was good?").fill("Kind staff")
    offline.page.get_by_label("Anything else?").fill("A broken clock")
    offline.wait_until(
        lambda: any(one["fields"]["other"] == "A broken clock" for one in offline.kept()), "It was not kept"
    )
    offline.context.add_init_script(TYPES_AT_ONCE)
    offline.open("remarks")
    expect(offline.page.get_by_label("Anything else?")).to_have_value("A broken clock")
    expect(offline.page.get_by_text("Kept on this phone at")).to_be_visible()
    expect(offline.page.get_by_label("What was good?")).to_have_value("Warm blankets")
    offline.wait_until(
        lambda: offline.kept()[0]["fields"]["positives"] == "Warm blankets", "What was typed was not kept"
    )
    assert offline.kept()[0]["fields"]["other"] == "A broken clock"


def test_a_page_that_nobody_typed_into_keeps_nothing(phone: Phone) -> None:
    _make_it_this_week(phone.pair)
    for part in ("arrival", "counts", "contact/add", "suite", "finding/add", "remarks"):
        phone.open(part)
        phone.page.wait_for_timeout(300)
        assert phone.kept() == [], f"{part} was kept although nothing was typed"
    phone.open("contact/add")
    phone.page.locator("[name=custody_number]").fill("EU/7/26")
    phone.page.locator("[name=was_seen]").first.check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    phone.page.wait_for_url("**/contacts")
    phone.page.go_back()
    phone.page.wait_for_timeout(500)
    assert phone.kept() == [], "Back made a second person of the one that was saved"


def test_a_saved_page_that_is_looked_at_again_keeps_nothing(phone: Phone) -> None:
    phone.open("arrival")
    phone.enter_arrival()
    phone.press("Save and go on")
    phone.page.wait_for_url("**/report")
    phone.open("arrival")
    phone.page.wait_for_timeout(300)
    assert phone.kept() == []


def _type_early(phone: Phone, words: str) -> None:
    """Into the remarks, on a line so slow that the page is there long before its script."""
    held: list[Route] = []
    phone.context.route("**/report.js*", lambda route: held.append(route))
    phone.page.goto(f"{phone.pair.url}/remarks", wait_until="commit")
    phone.page.get_by_label("What was good?").fill(words)
    phone.wait_until(lambda: held, "The script was not asked for")
    held[0].continue_()
    phone.context.unroute("**/report.js*")
    expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()


def _make_it_this_week(pair: Pair) -> None:
    """The day of the arrival is filled in then, and the form fills in the others after it."""
    first = pair.day + timedelta(weeks=1)
    moved = sa.update(Visit).where(Visit.id == pair.visit_id)
    engine = open_engine(pair.service.database_url)
    with writing(engine) as session:
        session.execute(moved.values(week_starts_on=first, week_ends_on=first + timedelta(days=6)))
        session.commit()
    engine.dispose()


@contextmanager
def _standing_clock(page: Page) -> Iterator[None]:
    """It stands still, however slow the machine is, but for what the test lets pass."""
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(hours=1))  # it goes on until then, and cannot stop in its past
    yield
    page.clock.resume()


def _kept_words(phone: Phone) -> str:
    return "".join(part["fields"]["positives"] for part in phone.kept())


def test_what_is_typed_is_kept_within_300_ms_and_survives_a_kill(
    chromium: Browser, pair: Pair, tmp_path: Path
) -> None:
    with own_phone(chromium, tmp_path) as (context, process):
        phone = Phone.signed_in(context, pair)
        phone.wait_until_ready()
        phone.open("remarks")
        context.set_offline(True)
        with _standing_clock(phone.page):
            phone.page.get_by_label("What was good?").press_sequentially("Blankets were warm")
            phone.page.clock.run_for(300)
            phone.wait_until(lambda: _kept_words(phone) == "Blankets were warm", "It took longer")
        expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()
        phone.page.get_by_label("Anything else?").fill("Ask Mr Brown")
        phone.page.keyboard.press("Tab")
        expect(phone.page.get_by_role("status").filter(has_text="“Mr Brown” looks like")).to_be_visible()
        kill(process)
    with own_phone(chromium, tmp_path) as (context, _):
        context.set_offline(True)
        phone = Phone(context, context.new_page(), pair)
        phone.open("remarks")
        expect(phone.page.get_by_label("What was good?")).to_have_value("Blankets were warm")
        expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()
        context.set_offline(False)
        phone.sign_in()
        phone.wait_until(lambda: not phone.kept(), "It stayed on the phone")
        assert pair.state()["parts"]["remarks"]["positives"] == "Blankets were warm"
