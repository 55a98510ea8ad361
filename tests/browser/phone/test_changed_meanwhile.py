"""What changes while a report waits or is on its way: nothing typed is lost, nothing taken out returns."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from icv.rules.visits import DutyState, Outcome
from icv.store.engine import open_engine, writing
from icv.store.people import Person
from icv.store.visits import Duty, Visit
from tests.browser.phone.conftest import Line
from tests.browser.phone.phones import Pair, Phone

pytestmark = pytest.mark.browser

RECEIVED = re.compile(r"Received at \d\d:\d\d, reference R-")
STORAGE_IS_FULL = """() => { IDBObjectStore.prototype.put = () => {
  throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
}; }"""


def test_what_is_typed_while_the_report_is_on_its_way_stays(offline: Phone, line: Line) -> None:
    offline.queue_report()
    line.receipts.clear()
    offline.context.set_offline(False)
    expect(offline.page.get_by_text("Sending…").first).to_be_visible()
    # It asks how the report stands first: what is changed by then is not on its way, but taken back.
    offline.wait_until(lambda: offline.pair.state()["filed"], "The report did not go on its way")
    offline.page.get_by_role("button", name="Change the report").click()
    offline.page.get_by_role("link", name="Arrival and entry").click()
    # The form comes first, and what this phone keeps of it a moment later.
    expect(offline.page.get_by_label("What happened?")).to_have_value("Closed for works, said a notice")
    offline.page.get_by_label("What happened?").fill("Words that came too late")
    expect(offline.page.get_by_text("Kept on this phone at")).to_be_visible()
    line.receipts.set()
    main = offline.page.get_by_role("main")
    expect(main).to_contain_text(RECEIVED)
    expect(main).to_contain_text("It is not part of the report")
    expect(main).to_contain_text("Words that came too late")
    assert [part["fields"]["reason"] for part in offline.kept()] == ["Words that came too late"]


def test_what_this_phone_saved_without_hearing_of_it_is_not_taken_for_the_partners(
    phone: Phone, line: Line, pair: Pair
) -> None:
    line.savings.clear()
    phone.open("remarks")
    phone.page.get_by_label("What was good?").fill("Warm blankets")
    phone.wait_until(lambda: pair.state()["parts"], "It was not sent")
    phone.page.get_by_label("What was good?").fill("Warm blankets, and tea")
    phone.wait_until(
        lambda: phone.kept()[0]["fields"]["positives"] == "Warm blankets, and tea", "It was not kept"
    )
    phone.open("arrival")
    line.savings.set()
    phone.wait_until(
        lambda: pair.state()["parts"]["remarks"]["positives"] == "Warm blankets, and tea",
        "What came later stayed on the phone",
    )


def test_what_is_taken_out_without_signal_is_not_in_the_report(phone: Phone) -> None:
    phone.open("finding/add")
    phone.page.locator("[name=category]").select_option(index=1)
    phone.page.locator("[name=detail]").fill("A hatch that does not shut")
    phone.page.locator("[name=settled]").first.check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_role("alert")).to_contain_text("Say who put it right")
    expect(phone.page.get_by_text("Kept on this phone at")).to_be_visible()
    phone.page.locator("[name=put_right_by]").fill("The sergeant")
    phone.page.get_by_role("button", name="Save", exact=True).click()
    phone.page.wait_for_url("**/findings")
    expect(phone.page.get_by_role("main")).to_contain_text("A hatch that does not shut")
    assert phone.kept() == [], "What was refused and then corrected stayed on the phone too"
    phone.page.goto(phone.pair.service.url + "/duties/")
    phone.wait_until_ready()
    phone.wait_until(
        lambda: any(name.startswith("finding-") for one in phone.kept("visits") for name in one["parts"]),
        "The phone does not know of the finding",
    )
    phone.context.set_offline(True)
    phone.open("findings")
    phone.page.get_by_role("button", name="Remove").click()
    expect(phone.page.get_by_text("None entered yet")).to_be_visible()
    phone.queue_report()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(RECEIVED).first).to_be_visible()
    ((_, content),) = phone.pair.state()["filed"]
    assert not content.get("findings")


def test_a_visit_recorded_as_missed_meanwhile_is_told_without_a_reference(offline: Phone, pair: Pair) -> None:
    offline.queue_report()
    _change(pair, sa.update(Visit).where(Visit.id == pair.visit_id).values(outcome=Outcome.MISSED))
    offline.context.set_offline(False)
    main = offline.page.get_by_role("main")
    expect(main).to_contain_text("The coordinator had recorded that there was no visit")
    expect(main).not_to_contain_text("null")


def test_a_report_of_a_visit_that_was_given_away_goes_to_the_coordinator_and_says_so(
    offline: Phone, pair: Pair
) -> None:
    offline.queue_report()
    _give_away(pair)
    offline.context.set_offline(False)
    main = offline.page.get_by_role("main")
    expect(main).to_contain_text("You had no place on this visit any more when it came in")
    expect(main).to_contain_text("Report received")
    assert offline.kept("reports") == offline.kept("parts") == []
    offline.page.goto(pair.service.url + "/duties/")
    assert pair.state()["filed"] == []


def test_a_report_sent_from_a_page_that_was_open_when_the_visit_was_given_away_says_so_there(
    phone: Phone, pair: Pair
) -> None:
    phone.open("arrival")
    phone.enter_arrival()
    phone.press("Save and go on")
    phone.page.wait_for_url("**/report")
    phone.open("check")
    _give_away(pair)
    phone.press("Send the report")
    expect(phone.page.get_by_role("main")).to_contain_text("You had no place on this visit any more")
    assert phone.page.url.endswith("/check")
    assert phone.kept("reports") == []
    assert pair.state()["filed"] == []


def test_what_is_half_typed_of_a_visit_that_was_given_away_stays_and_is_not_sent(
    offline: Phone, pair: Pair
) -> None:
    offline.open("arrival")
    offline.enter_arrival("A notice on the door said so")
    expect(offline.page.get_by_text("Kept on this phone at")).to_be_visible()
    _give_away(pair)
    offline.context.set_offline(False)
    main = offline.page.get_by_role("main")
    expect(main).to_contain_text("This visit is not yours any more")
    expect(main).to_contain_text("What you wrote")
    assert len(offline.kept("parts")) == 1


def test_the_page_of_a_report_that_waits_no_more_shows_the_report(offline: Phone) -> None:
    offline.queue_report()
    offline.open("arrival")
    offline.page.get_by_label("What happened?").fill("Closed after all")
    offline.wait_until(lambda: not offline.kept("reports"), "The report waits as it was")
    offline.open("waiting")
    expect(offline.page.get_by_role("heading", level=1)).to_have_text("Visit report")


def test_a_phone_whose_clock_is_weeks_behind_writes_what_the_server_says_is_open(phone: Phone) -> None:
    phone.wait_until_ready()
    phone.context.clock.set_system_time(datetime.now(UTC) - timedelta(weeks=3))
    phone.context.set_offline(True)
    phone.queue_report()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(RECEIVED).first).to_be_visible()


def test_a_full_phone_without_signal_leaves_the_form_as_it_is(phone: Phone) -> None:
    phone.open("remarks")
    phone.page.evaluate(STORAGE_IS_FULL)
    phone.context.set_offline(True)
    phone.page.get_by_label("What was good?").fill("Warm blankets")
    phone.press("Save and go on")
    expect(phone.page.get_by_text("Not saved: this phone keeps nothing")).to_be_visible()
    expect(phone.page.get_by_label("What was good?")).to_have_value("Warm blankets")
    phone.context.set_offline(False)
    phone.press("Save and go on")
    phone.page.wait_for_url("**/report")
    assert phone.pair.state()["parts"]["remarks"]["positives"] == "Warm blankets"


def _give_away(pair: Pair) -> None:
    own = sa.select(Person.id).where(Person.account_id == pair.account_ids[0]).scalar_subquery()
    given = sa.update(Duty).where(Duty.visit_id == pair.visit_id, Duty.person_id == own)
    _change(pair, given.values(state=DutyState.RELEASED))


def _change(pair: Pair, act: sa.Update) -> None:
    engine = open_engine(pair.service.database_url)
    with writing(engine) as session:
        session.execute(act)
        session.commit()
    engine.dispose()
