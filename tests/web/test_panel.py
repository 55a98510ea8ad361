"""The figures' page, on the published figures and on nothing at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.figures.periods import latest_cycle, read_period
from icv.services import exchange
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

EXAMPLE = Path(__file__).resolve().parents[2] / "icv" / "demo" / "data"
CYCLE = "/panel/?from=2023-12&to=2024-01"
Browse = Callable[..., Browser]


@pytest.fixture
def example(session: Session) -> None:
    for kind in exchange.BOOKS:
        exchange.import_file(session, kind, EXAMPLE / f"{kind}.csv", by=None, at=NOW)


def test_the_panel_reads_the_six_facts_of_the_worked_example(example: None, browse_as: Browse) -> None:
    said = browse_as(Role.PANEL).get(CYCLE).text
    for fact in ("100%", "Seventeen visits", "December and January", "Nothing serious"):
        assert fact in said
    for fact in ("Twenty-seven applications", "Fifteen volunteers", "thirty-one"):
        assert fact in said
    assert "17 of 17" in said


def test_a_number_that_could_point_at_a_person_is_not_shown(example: None, browse_as: Browse) -> None:
    page = browse_as(Role.PANEL).get(CYCLE)
    assert "Conditions few" in page.text
    assert "Conditions 2" in browse_as(Role.COORDINATOR).get(CYCLE).text


def test_a_period_with_nothing_in_it_says_so(browse_as: Browse) -> None:
    page = browse_as(Role.PANEL).get("/panel/?from=1990-01&to=1990-02")
    assert "No suites yet" in page.text
    assert "100" not in page.text


def test_visits_to_come_are_no_visits_completed(make: Workshop, browse_as: Browse) -> None:
    make.visit(week=date(2026, 5, 6))
    page = browse_as(Role.COORDINATOR).get("/panel/?from=2026-05&to=2026-05")
    assert "May 2026 has not begun. 1 visit is on a published rota so far." in page.text
    assert "100" not in page.text


@pytest.mark.parametrize(
    "asked",
    ["?from=2026-02&to=2026-01", "?from=soon&to=2026-01", "?from=2026-01", "?from=0001-01&to=9999-12"],
)
def test_an_impossible_period_is_answered_in_words(browse_as: Browse, asked: str) -> None:
    page = browse_as(Role.PANEL).get(f"/panel/{asked}", status=422)
    assert "There is a problem" in page.text


def test_the_panel_chooses_whole_months_so_that_no_difference_tells_of_a_day(browse_as: Browse) -> None:
    asked = "/panel/?from=2026-01-05&to=2026-01-20"
    assert "whole months" in browse_as(Role.PANEL).get(asked, status=422).text
    browse_as(Role.COORDINATOR).get(asked)


def test_reasons_for_visits_not_completed_add_up(make: Workshop, browse_as: Browse) -> None:
    suite = make.suite()
    for outcome in ("completed", "missed", "abandoned", None):
        make.visit(suite, week=date(2026, 1, 14), outcome=outcome)
    page = browse_as(Role.PANEL).get("/panel/?from=2026-01&to=2026-01")
    assert "Not completed 3" in page.text
    for reason in ("Did not happen 1", "No report yet 1", "Broken off, refused or found closed 1"):
        assert reason in page.text


def test_without_choice_the_last_two_whole_months_are_shown() -> None:
    assert latest_cycle(TODAY) == Period(date(2026, 1, 1), date(2026, 2, 28))
    assert read_period(None, None, any_days=False, today=TODAY) == latest_cycle(TODAY)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.POLICE])
def test_figures_are_for_the_panel_and_the_coordinator(make: Workshop, browse_as: Browse, role: Role) -> None:
    browse_as(role, person=make.person()).get("/panel/", status=403)
