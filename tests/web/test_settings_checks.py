"""The scheme's own checks: lines reworded, added and emptied, each under a key that stays."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.checks import SUITE_CHECKS, Check
from icv.store.scheme import choices_on
from tests.web.browser import Browser
from tests.workshop import TODAY

Browse = Callable[..., Browser]


def test_a_check_keeps_its_key_when_its_words_change_and_a_new_one_gets_its_own(
    browse_as: Browse, session: Session
) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/suite_checks")
    browser.send(
        {
            "value-title-clean": "Everything is clean",
            "value-title-kitchen": "",
            "value-title-new1": "Washing water is warm",
            "value-category-new1": "washing and hygiene",
        }
    )
    assert "changed from 4 March 2026 on" in browser.text
    chosen = choices_on(session, TODAY).suite_checks
    assert chosen[0] == Check("clean", "Everything is clean", "conditions")
    assert chosen[-1] == Check("washing_water_is_warm", "Washing water is warm", "washing and hygiene")
    assert {check.key for check in SUITE_CHECKS} - {check.key for check in chosen} == {"kitchen"}


def test_a_list_without_a_line_or_with_one_twice_is_refused_and_kept_as_typed(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/suite_checks")
    browser.send({f"value-title-{check.key}": "" for check in SUITE_CHECKS}, status=422)
    assert "Enter at least one line" in browser.text
    browser.get("/settings/suite_checks")
    browser.send({"value-title-new1": "Kitchen CLEAN"}, status=422)
    assert "One of them is there twice" in browser.text
    assert 'value="Kitchen CLEAN"' in browser.html
