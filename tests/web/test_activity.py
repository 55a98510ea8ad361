"""The list of visits made against those hoped for."""

from collections.abc import Callable
from datetime import timedelta

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.people import StageStep
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def test_nobody_in_office_is_said(browse_as: Browse) -> None:
    assert "No visitor is in office" in browse_as(Role.COORDINATOR).get("/people/activity").text


def test_the_list_says_what_was_made_and_hoped_for(browse_as: Browse, make: Workshop) -> None:
    asha = make.person(name="Asha Patel", team_id=make.team("North").id)
    make.person(name="Bo Lee", appointed_on=TODAY - timedelta(days=100))
    away = make.person(name="Cy Young")
    make.keep(StageStep(person_id=away.id, stage=Stage.ON_LEAVE, on=TODAY - timedelta(days=200), made_at=NOW))
    make.person(Stage.SUSPENDED, name="Di West")
    for weeks in range(1, 4):
        make.visit(None, asha, outcome=Outcome.COMPLETED, week=TODAY - timedelta(weeks=weeks))
    browser = browse_as(Role.COORDINATOR).get("/people/activity")
    assert "Of 4 visitors: 3 below the least, 0 fewer than hoped for, 1 as many as hoped for." in browser.text
    assert "Asha Patel North 3 12 0 of 1 Below the least of 6; too few at night" in browser.text
    assert "Bo Lee 0 3 0 Below the least of 1 14 weeks of the year" in browser.text
    assert "Cy Young 0 5 0 Below the least of 2 23 weeks of the year; on leave now" in browser.text
    assert "Di West 0 0 0 Nothing was hoped for 0 weeks of the year; suspended now" in browser.text
    browser.follow("Asha Patel")
    assert browser.heading == "Asha Patel"


def test_the_list_is_narrowed_to_a_team(browse_as: Browse, make: Workshop) -> None:
    north, south = make.team("North"), make.team("South")
    make.person(name="Asha Patel", team_id=north.id)
    make.person(name="Bo Lee")
    browser = browse_as(Role.COORDINATOR)
    for asked, names in ((north.id, {"Asha"}), (0, {"Bo"}), (999, {"Asha", "Bo"}), ("x", {"Asha", "Bo"})):
        said = browser.get(f"/people/activity?team={asked}").text
        assert {name for name in ("Asha", "Bo") if f"{name} " in said} == names
    assert "No visitor of this team" in browser.get(f"/people/activity?team={south.id}").text
