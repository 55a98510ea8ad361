"""What the report's form does better with a script: it hides what does not apply, and adds up live."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from icv.rules.access import Role
from icv.rules.days import london
from tests.browser.conftest import PHONE, Service, Visit

pytestmark = pytest.mark.browser


def test_waits_and_sums_are_worked_out_as_one_types(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.VOLUNTEER, PHONE)
    page.goto(service.url)
    page.get_by_role("button", name="Write the report").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit report")
    address = page.url

    page.goto(f"{address}/arrival")
    why = page.get_by_label("Why did you have to wait?")
    rank = page.get_by_label("Who decided it?")
    page.fill("#arrived_at-clock", "10:00")
    page.fill("#admitted_at-clock", "10:10")
    expect(why).to_be_hidden()
    page.fill("#admitted_at-clock", "10.31")
    expect(page.locator("[data-icv-waited]")).to_have_text("You waited 31 minutes.")
    expect(why).to_be_visible()
    expect(rank).to_be_visible()
    page.get_by_role("button", name="At once").click()
    expect(page.locator("#admitted_at-clock")).to_have_value("10:00")
    expect(why).to_be_hidden()
    page.get_by_label("We came, and were not let in").check()
    expect(page.locator("#admitted_at-clock")).to_be_hidden()
    expect(rank).to_be_visible()
    expect(page.get_by_label("What happened?")).to_be_visible()

    page.fill("#arrived_at-day", "3")
    expect(page.locator("#left_at-day")).to_be_hidden()
    expect(page.locator("#left_at-day")).to_have_value("3")
    page.locator('[data-icv-another="left_at"]').click()
    page.fill("#left_at-day", "4")
    page.fill("#arrived_at-day", "2")
    expect(page.locator("#left_at-day")).to_have_value("4")
    page.locator('[data-icv-now="arrived_at"]').click()
    said = page.locator("#arrived_at-clock").input_value()
    now = london(datetime.now(UTC))
    minutes = int(said[:2]) * 60 + int(said[3:])
    assert (now.hour * 60 + now.minute - minutes) % 1440 <= 2

    page.goto(f"{address}/counts")
    page.get_by_label("In custody when you arrived").fill("3")
    page.get_by_label("Offered a visit", exact=True).fill("2")
    expect(page.get_by_text("2 of 3 accounted for, 1 missing")).to_be_visible()
    page.get_by_text("Children, and women and men").click()
    page.get_by_label("Aged 14 to 17: in custody").fill("1")
    expect(page.get_by_text("2 in the first column")).to_be_visible()
    page.get_by_label("Aged 10 to 13: in custody").fill("4")
    expect(page.get_by_text("Of 3, 2 too many")).to_be_visible()
