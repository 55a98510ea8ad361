"""Teams with their members and flows."""

from collections.abc import Callable
from datetime import date

import pytest

from icv.rules.access import Role
from icv.rules.stages import Stage
from tests.web.browser import Browser
from tests.workshop import Workshop

Browse = Callable[..., Browser]


def test_an_empty_scheme_is_told_what_to_do(browse_as: Browse) -> None:
    assert "Add the scheme’s teams" in browse_as(Role.COORDINATOR).get("/people/teams").text


def test_teams_show_this_financial_year_and_others_by_link(browse_as: Browse, make: Workshop) -> None:
    north = make.team("North")
    make.team("South")
    make.person(name="Asha Patel", team_id=north.id, appointed_on=date(2024, 5, 1))
    make.person(Stage.PROBATION, name="Bo Lee", team_id=north.id, appointed_on=date(2025, 5, 1))
    make.person(Stage.LEFT, name="Cy Young", left_on=date(2025, 9, 1))
    browser = browse_as(Role.COORDINATOR).get("/people/teams")
    assert "1 April 2025 to 31 March 2026" in browser.text
    assert "North 1 1 0 2 South 0 0 0 0 No team 1 0 1 0 All 2 1 1 2" in browser.text
    assert "Bo Lee Probation 1 May 2025 (joined)" in browser.text
    assert "Left: Cy Young (1 September 2025)." in browser.text
    browser.follow("Last financial year")
    assert "North 0 1 0 1" in browser.text
    browser.follow("Move")
    assert browser.path.endswith("/contact")


@pytest.mark.parametrize("asked", ["from=soon&to=2026-01", "from=2026-02&to=2026-01", "to=2026-01"])
def test_an_impossible_period_is_answered_in_words(browse_as: Browse, asked: str) -> None:
    browser = browse_as(Role.COORDINATOR).get(f"/people/teams?{asked}", status=422)
    assert "There is a problem" in browser.text


def test_days_count_as_well_as_months(browse_as: Browse, make: Workshop) -> None:
    make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get("/people/teams?from=2026-03-04&to=2026-03-04")
    assert "1 on 4 March 2026" in browser.text
