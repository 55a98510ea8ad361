"""The panel's page where there is little or nothing to show: it says so, and never claims all of nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from icv.rules.access import Role
from tests.web.browser import Browser
from tests.workshop import Workshop

JANUARY = "/panel/?from=2026-01&to=2026-01"
IN_JANUARY = date(2026, 1, 14)
LONG = (
    "Northern and Western Borough Custody Investigation Centre (Contingency) of Llanfairpwllgwyngyllgogerych"
)
HEADLINE = "% of scheduled visits completed:"
Browse = Callable[..., Browser]


@pytest.fixture(params=[Role.PANEL, Role.COORDINATOR])
def reader(request: pytest.FixtureRequest, browse_as: Browse) -> Browser:
    return browse_as(request.param)


def test_a_scheme_without_suites_is_told_where_to_begin(browse_as: Browse) -> None:
    page = browse_as(Role.COORDINATOR).get(JANUARY)
    assert "No suites yet" in page.text
    assert "Add the suites" in page.text
    assert "Add the suites" not in browse_as(Role.PANEL).get(JANUARY).text


def test_a_scheme_without_visits_is_told_where_to_begin(make: Workshop, browse_as: Browse) -> None:
    make.suite()
    page = browse_as(Role.COORDINATOR).get(JANUARY)
    assert "No visits yet" in page.text
    assert "Draw a rota" in page.text


def test_of_a_period_with_nothing_in_it_another_is_offered(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="completed")
    page = reader.get("/panel/?from=2026-02&to=2026-02")
    assert "No scheduled visits" in page.text
    assert "No week with a visit on a published rota ended in this period." in page.text
    assert "Show 1 December 2025 to 31 January 2026" in page.text
    assert HEADLINE not in page.text


def test_a_week_that_nobody_visited_is_not_drawn(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="missed")
    page = reader.get(JANUARY)
    assert "Days and times of visits" in page.text.partition("Nothing to show in this period")[2]
    assert "0 of 35" not in page.text


def test_extra_visits_have_no_share(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="completed", is_scheduled=False)
    page = reader.get(JANUARY)
    assert "rota ended in this period. 1 extra visit was attempted." in page.text
    assert HEADLINE not in page.text


def test_a_visit_of_a_week_that_ends_later_is_no_extra_visit(make: Workshop, reader: Browser) -> None:
    make.visit(
        week=date(2025, 12, 31), outcome="completed", arrived_at=datetime(2025, 12, 30, 10, tzinfo=UTC)
    )
    page = reader.get("/panel/?from=2025-12&to=2025-12")
    assert "No scheduled visits" in page.text
    assert "One visit was undertaken in December." in page.text
    assert "extra visit" not in page.text


def test_one_visit_is_one_of_one(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="completed")
    assert "100% of scheduled visits completed: 1 of 1" in reader.get(JANUARY).text


def test_one_visit_that_did_not_happen_is_none_of_one(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="missed")
    assert "0% of scheduled visits completed: 0 of 1" in reader.get(JANUARY).text


def test_of_visits_all_cancelled_in_time_no_share_is_said(make: Workshop, reader: Browser) -> None:
    for _ in range(2):
        make.visit(week=IN_JANUARY, outcome="cancelled", cancelled_on=date(2026, 1, 2), reason="closed")
    page = reader.get(JANUARY)
    assert "2 visits of January 2026 were cancelled before the week began" in page.text
    assert HEADLINE not in page.text


def test_a_period_to_come_says_what_is_planned(make: Workshop, reader: Browser) -> None:
    make.visit(week=date(2026, 5, 6))
    page = reader.get("/panel/?from=2026-05&to=2026-05")
    assert "May 2026 has not begun. 1 visit is on a published rota so far." in page.text


def test_a_period_before_the_first_visit_says_when_that_was(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="completed")
    page = reader.get("/panel/?from=2019-01&to=2019-12")
    assert "The first visit on record is of January 2026." in page.text


def test_forty_suites_with_long_names_are_all_there(make: Workshop, reader: Browser) -> None:
    for number in range(40):
        make.visit(make.suite(f"{LONG} {number:02}"), week=IN_JANUARY, outcome="completed")
    page = reader.get(JANUARY)
    assert "40 of 40" in page.text
    for number in range(40):
        assert f"{LONG} {number:02}" in page.html


def test_the_page_asks_as_much_of_many_visits_as_of_few(make: Workshop, reader: Browser) -> None:
    make.visit(week=IN_JANUARY, outcome="completed")
    few = len(reader.get(JANUARY).queries)
    for number in range(9):
        visit = make.visit(week=IN_JANUARY, outcome="completed")
        make.finding(visit, category=f"category {number}", raised_on=IN_JANUARY)
        make.person(team_id=make.team().id)
    assert len(reader.get(JANUARY).queries) == few
    assert len(reader.get("/panel/?from=2016-01&to=2026-01").queries) == few


@pytest.mark.parametrize(
    ("role", "first", "last", "field"),
    [
        (Role.PANEL, "2026-02", "2025-12", "from"),
        (Role.COORDINATOR, "2026-02", "2025-12", "from"),
        (Role.COORDINATOR, "2026-02-09", "2026-02-01", "from-day"),
        (Role.COORDINATOR, "2026-02-09", "", "from-day"),
    ],
)
def test_a_period_that_cannot_be_is_still_in_its_boxes(
    make: Workshop, browse_as: Browse, role: Role, first: str, last: str, field: str
) -> None:
    make.visit(week=date(2025, 12, 10), outcome="completed")
    page = browse_as(role).get(f"/panel/?from={first}&to={last}", status=422)
    assert f'href="#{field}"' in page.html
    boxes = {box.get("id"): box for box in page.page.iter() if box.get("id")}
    assert boxes[field].get("aria-describedby") == f"{field}-error"
    other = field.replace("from", "to")
    assert [chosen(boxes[name]) for name in (field, other)] == [first, last]


def chosen(box: Any) -> str | None:
    """What a box holds; an empty select shows its first month."""
    if box.get("type") == "date":
        return str(box.get("value"))
    return next((str(one.get("value")) for one in box.iter() if one.get("selected") is not None), None)
