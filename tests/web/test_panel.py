"""The figures' page, on the published figures and on nothing at all."""

import re
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
    assert "few" in page.text
    assert "few" not in browse_as(Role.COORDINATOR).get(CYCLE).text.replace("read “few”", "")


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
    for reason in ("Did not happen 1", "No report yet 1", "Broken off 1"):
        assert reason in page.text


def test_without_choice_the_last_two_whole_months_are_shown() -> None:
    assert latest_cycle(TODAY) == Period(date(2026, 1, 1), date(2026, 2, 28))
    assert read_period(None, None, any_days=False, today=TODAY) == latest_cycle(TODAY)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.POLICE])
def test_figures_are_for_the_panel_and_the_coordinator(make: Workshop, browse_as: Browse, role: Role) -> None:
    browse_as(role, person=make.person()).get("/panel/", status=403)


def test_of_many_suites_the_week_of_one_is_shown(make: Workshop, browse_as: Browse) -> None:
    for number in range(7):
        make.visit(make.suite(f"Suite {number}"), week=date(2026, 1, 14), outcome="completed")
    browser = browse_as(Role.PANEL)
    for asked, drawn in (("", "Suite 0"), ("&suite=Suite+4", "Suite 4"), ("&suite=nowhere", "Suite 0")):
        page = browser.get(f"/panel/?from=2026-01&to=2026-01{asked}")
        assert f"Visits by weekday and time of day, {drawn}" in page.text
        assert "Visits by weekday and time of day, Suite 1" not in page.text


def test_the_paragraph_stands_alone_in_its_element(example: None, browse_as: Browse) -> None:
    html = browse_as(Role.PANEL).get(CYCLE).html
    (inside,) = re.findall(r'<div data-icv="summary"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert re.sub(r"<p[^>]*>|</p>", "", inside).count("<") == 0
    assert inside.count("<p") == 2


def test_each_figure_is_explained_under_what_shows_it(example: None, browse_as: Browse) -> None:
    text = browse_as(Role.PANEL).get(CYCLE).text
    for words in ("Visits on a published rota", "Timeslots in which at least one visit", "put to the police"):
        assert words in text


def test_a_period_is_chosen_by_one_word_as_well(example: None, browse_as: Browse) -> None:
    page = browse_as(Role.PANEL).get("/panel/?period=2023-12-01/2024-01-31")
    assert "17 of 17" in page.text
    browse_as(Role.PANEL).get("/panel/?period=2023", status=422)


def test_only_the_coordinator_asks_for_any_two_days(browse_as: Browse) -> None:
    assert "First day" in browse_as(Role.COORDINATOR).get("/panel/").text
    assert "First day" not in browse_as(Role.PANEL).get("/panel/").text


def test_what_is_made_of_the_figures_is_the_coordinators(browse_as: Browse) -> None:
    assert "Made of these figures" in browse_as(Role.COORDINATOR).get("/panel/").text
    assert "Made of these figures" not in browse_as(Role.PANEL).get("/panel/").text
