"""Tables of the panel's page as files, and its page on figures that were published."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.figures import percent_in_words
from icv.services import exchange
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

REPLAY = Path(__file__).parent.parent / "replay"
FOLDERS = sorted(path.parent.name for path in REPLAY.glob("*/expected.json"))
CYCLE = "from=2023-12&to=2024-01"
Browse = Callable[..., Browser]


def load(session: Session, folder: Path) -> None:
    for kind in exchange.BOOKS:
        if (folder / f"{kind}.csv").exists():
            exchange.import_file(session, kind, folder / f"{kind}.csv", by=None, at=NOW)


def rows(browser: Browser, path: str) -> list[list[str]]:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("folder", FOLDERS)
def test_published_figures_stand_on_the_page(session: Session, browse_as: Browse, folder: str) -> None:
    load(session, REPLAY / folder)
    expected = json.loads((REPLAY / folder / "expected.json").read_text(encoding="utf-8"))
    browser = browse_as(Role.PANEL)
    days = f"from={expected['from']}&to={expected['to']}"
    page = browser.get(f"/panel/?{days}")
    visits = expected["figures"]["visits"]
    done, whole = visits["completed"], visits["scheduled"]
    if whole:
        share = percent_in_words(done, whole)
        assert f"{share} of scheduled visits completed: {done} of {whole}" in page.text
    by_suite = rows(browser, f"/panel/tables/completion-by-suite.csv?{days}")
    assert by_suite[-1][:3] == ["All suites", str(done), str(whole)]
    suites = [suite for suite in expected["figures"]["suites"] if suite["scheduled"]]
    assert [row[:3] for row in by_suite[1:-1]] == [
        [suite["suite"], str(suite["completed"]), str(suite["scheduled"])] for suite in suites
    ]


def test_every_table_of_the_page_is_a_file_with_every_column_in_every_row(
    session: Session, browse_as: Browse
) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    browser = browse_as(Role.PANEL)
    links = re.findall(r'href="(/panel/tables/[^"]*)"', html.unescape(browser.get(f"/panel/?{CYCLE}").html))
    assert links
    for link in links:
        head, *rest = rows(browser, link)
        assert {len(row) for row in rest} == {len(head)}, link


def test_a_file_is_offered_of_each_table_that_stands_on_the_page_and_of_no_other(
    session: Session, browse_as: Browse
) -> None:
    """Every visit of the example was completed: there is no table of why one was not."""
    load(session, REPLAY / "leicestershire-2023-12")
    page = browse_as(Role.PANEL).get(f"/panel/?{CYCLE}")
    captions = {" ".join("".join(one.itertext()).split()) for one in page.page.iter("caption")}
    offered = {link.text for link in page.page.iter("a") if "/panel/tables/" in link.get("href", "")}
    assert offered
    assert offered == captions
    assert "Scheduled visits not completed, by reason" not in page.text
    assert rows(page, f"/panel/tables/not-completed.csv?{CYCLE}")


def test_what_is_hidden_on_the_page_is_hidden_in_its_files(make: Workshop, browse_as: Browse) -> None:
    visit = make.visit()
    for category, number in (("conditions", 9), ("welfare", 8), ("medical", 1), ("staffing", 2)):
        for _ in range(number):
            make.finding(visit, category=category)
    panel, coordinator = browse_as(Role.PANEL), browse_as(Role.COORDINATOR)
    path = "/panel/tables/findings-by-category.csv?from=2026-03&to=2026-03"
    assert "few" in {cell for row in rows(panel, path) for cell in row}
    assert "few" not in {cell for row in rows(coordinator, path) for cell in row}


@pytest.mark.parametrize("path", ["nothing.csv?from=2026-01&to=2026-01", "completion-by-suite.csv?from=soon"])
def test_an_unknown_table_and_an_impossible_period_are_no_files(browse_as: Browse, path: str) -> None:
    browse_as(Role.PANEL).get(f"/panel/tables/{path}", status=404)


def test_the_panel_takes_whole_months_only(browse_as: Browse) -> None:
    path = "/panel/tables/completion-by-suite.csv?from=2026-01-05&to=2026-01-20"
    browse_as(Role.PANEL).get(path, status=404)
    assert rows(browse_as(Role.COORDINATOR), path)
