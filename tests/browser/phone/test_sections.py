"""Which sections a visit needs is said on the phone as it is on the server."""

from itertools import product

import pytest
from playwright.sync_api import Browser

from icv.config import ROOT
from icv.rules.report import Section
from icv.rules.report.wanted import needed, optional
from icv.rules.visits import ATTEMPTED, Mode, VisitKind

pytestmark = pytest.mark.browser

SOURCE = (ROOT / "static" / "src" / "report" / "sections.js").read_text()
ASKED = "situations.map((one) => [sectionsNeeded(one), sectionsOffered(one)])"


def test_the_phone_asks_for_what_the_server_asks_for(chromium: Browser) -> None:
    situations = list(product([None, *sorted(ATTEMPTED)], Mode, VisitKind, [True, False], [True, False]))
    told = [
        {
            "outcome": outcome.value if outcome else "",
            "mode": mode.value,
            "kind": kind.value,
            "isEmpty": is_empty,
            "isAccompanied": is_accompanied,
        }
        for outcome, mode, kind, is_empty, is_accompanied in situations
    ]
    page = chromium.new_page()
    said = page.evaluate(f"(situations) => {{ {SOURCE}; return {ASKED}; }}", told)
    page.close()
    for (outcome, mode, kind, is_empty, is_accompanied), (asked, offered) in zip(
        situations, said, strict=True
    ):
        wanted = needed(outcome, mode, kind, is_empty=is_empty, is_accompanied=is_accompanied)
        assert asked == [section.value for section in Section if section in wanted]
        extra = [section.value for section in optional(outcome, mode, wanted)]
        assert [section for section in offered if section not in asked] == extra
