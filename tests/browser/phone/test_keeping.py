"""What is typed of a report stays on the phone, whatever becomes of the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone.phones import Pair, Phone, kill, own_phone

pytestmark = pytest.mark.browser


def test_what_is_typed_is_kept_within_300_ms_and_survives_a_kill(
    chromium: Browser, pair: Pair, tmp_path: Path
) -> None:
    with own_phone(chromium, tmp_path) as (context, process):
        phone = Phone.signed_in(context, pair)
        phone.wait_until_ready()
        phone.open("remarks")
        context.set_offline(True)
        phone.page.get_by_label("What was good?").press_sequentially("Blankets were warm")
        phone.page.wait_for_timeout(300)
        assert phone.kept()[0]["fields"]["positives"] == "Blankets were warm"
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
        for _ in range(100):
            if not phone.kept():
                break
            phone.page.wait_for_timeout(50)
        assert pair.state()["parts"]["remarks"]["positives"] == "Blankets were warm"
