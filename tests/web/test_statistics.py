"""The public statistics: whole years that are over, small numbers hidden, and nothing that leads inside."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest

from icv.rules.access import Role
from icv.rules.figures_file import read
from icv.rules.visits import Outcome
from icv.store.scheme import Setting
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

PUBLIC = "/statistics/"


def set_choice(make: Workshop, name: str, value: str) -> None:
    make.keep(Setting(name=name, value=value, effective_on=date(2020, 1, 1), set_at=NOW))


@pytest.fixture
def publishes(make: Workshop) -> None:
    set_choice(make, "publishes_statistics", "true")


@pytest.fixture
def visited(make: Workshop) -> None:
    """Nine visits in 2023-24 and one in 2024-25; 2 findings on medical matters, 6 on welfare, 18 on staff."""
    suite, vera = make.suite("Euston Street"), make.person(name="Vera Visitor")
    for week in range(9):
        visit = make.visit(
            suite,
            vera,
            week=date(2023, 5, 1 + 3 * week),
            outcome=Outcome.COMPLETED,
            reference=f"SECRET-{week}",
        )
        categories = ["staffing"] * 2 + ["welfare"] * (week < 6) + ["medical"] * (week < 2)
        for category in categories:
            make.finding(visit, category=category, raised_on=date(2023, 6, 1), detail="Ms Jones was ill")
    make.visit(suite, vera, week=date(2024, 5, 6), outcome=Outcome.COMPLETED)


@pytest.mark.parametrize(
    "path", ["", "2023-24", "2023-24.json", "2023-24.csv", "accessibility", "2099-00", "x", "../people/"]
)
@pytest.mark.usefixtures("visited")
def test_nothing_is_there_until_the_scheme_chooses_to_publish(browser: Browser, path: str) -> None:
    browser.get(PUBLIC + path, status=404, follow=False)


@pytest.mark.usefixtures("publishes")
def test_before_a_year_is_over_the_page_says_when_figures_appear(browser: Browser) -> None:
    assert "Nothing is published yet" in browser.get(PUBLIC).text


@pytest.mark.usefixtures("publishes", "visited")
def test_the_latest_year_that_is_over_is_shown_and_the_others_are_offered(browser: Browser) -> None:
    assert browser.get(PUBLIC).heading.endswith("Statistics for 2024–25")
    assert "100% of scheduled visits completed: 1 of 1" in browser.text
    browser.follow("2023–24")
    assert "1 April 2023 to 31 March 2024" in browser.text
    assert "Counted on 4 March 2026" in browser.text
    assert "Visits are on record from 7 May 2023 only" in browser.text
    assert browser.answer is not None
    assert browser.answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.usefixtures("publishes", "visited")
def test_small_counts_are_hidden_with_what_would_give_them_away_and_the_totals_are_shown(
    browser: Browser,
) -> None:
    words = browser.get(f"{PUBLIC}2023-24").text
    assert "Medical few" in words
    assert "Welfare few" in words
    assert "Staffing 18" in words
    assert "All findings 26" in words
    assert "“Few” stands where a number could point at a person" in words
    assert "a number from 1 to 4 could point at somebody" in words


@pytest.mark.parametrize("path", ["2023-24", "2023-24.json", "2023-24.csv"])
@pytest.mark.usefixtures("publishes", "visited")
def test_nothing_on_it_names_anybody_or_leads_inside(browser: Browser, path: str) -> None:
    browser.get(PUBLIC + path)
    assert browser.answer is not None
    html = browser.answer.get_data(as_text=True)
    inside = ("Vera", "SECRET", "Jones", "/people", "/findings/", "/panel", "/visits", "example.org", "csrf")
    assert not [word for word in inside if word in html]
    assert "Set-Cookie" not in browser.answer.headers


@pytest.mark.usefixtures("publishes", "visited")
def test_the_files_say_the_same_as_the_page(browser: Browser) -> None:
    browser.get(f"{PUBLIC}2023-24").follow("For programs and other schemes (JSON)")
    assert browser.answer is not None
    assert browser.answer.mimetype == "application/json"
    file = read(browser.answer.data)
    assert file.totals["visits.completed"] == 9
    browser.get(f"{PUBLIC}2023-24").follow("Every number in a table (CSV)")
    assert browser.answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(browser.answer.data.decode("utf-8-sig"))))
    assert {
        "table": "totals",
        "row": "visits.scheduled",
        "column": "",
        "number": "9",
        "of": "",
        "per_cent": "",
    } in rows
    medical = [row for row in rows if row["table"] == "findings-by-category" and row["row"] == "Medical"]
    assert [row["number"] for row in medical] == ["few"]


@pytest.mark.parametrize(
    "asked", ["2025-26", "2026-27", "2022-23", "2023-25", "2023", "0000-01", "x" * 300, "2023-24.xml"]
)
@pytest.mark.usefixtures("publishes", "visited")
def test_no_other_days_can_be_asked_for(browser: Browser, asked: str) -> None:
    for ending in ("", ".json", ".csv"):
        browser.get(f"{PUBLIC}{asked}{ending}", status=404)
    browser.get(f"{PUBLIC}?from=2023-05-01&to=2023-05-31")
    assert browser.heading.endswith("2024–25")


@pytest.mark.usefixtures("publishes", "visited")
def test_who_is_signed_in_has_a_page_that_nobody_else_may_keep(browse_as: Callable[..., Browser]) -> None:
    panel = browse_as(Role.PANEL)
    panel.get(f"{PUBLIC}2023-24")
    assert panel.answer is not None
    assert "public" not in panel.answer.headers.get("Cache-Control", "")


def test_the_accessibility_statement_says_whom_to_ask(browser: Browser, make: Workshop) -> None:
    set_choice(make, "publishes_findings", "true")
    browser.get("/findings-and-replies/").follow("Accessibility statement")
    assert "Tell the office that runs the scheme" in browser.text
    set_choice(make, "accessibility_contact", json.dumps("access@example.gov.uk <b>"))
    assert "access@example.gov.uk <b>" in browser.get(f"{PUBLIC}accessibility").text


@pytest.mark.usefixtures("publishes", "visited")
def test_a_threshold_of_nought_hides_nothing_and_says_so(browser: Browser, make: Workshop) -> None:
    set_choice(make, "suppression_threshold", "0")
    words = browser.get(f"{PUBLIC}2023-24").text
    assert "Medical 2" in words
    assert "has chosen to hide no numbers" in words
