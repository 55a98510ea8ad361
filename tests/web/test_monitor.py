"""How predictable visits are, as the coordinator sees it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from icv.rules.access import Role
from icv.rules.visits import Outcome
from icv.store.suites import Suite
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]


def visits_on_tuesdays(make: Workshop, suite: Suite, weeks: int) -> None:
    tuesday = TODAY - timedelta(days=1)
    for number in range(1, weeks + 1):
        day = tuesday - timedelta(weeks=number)
        make.visit(
            suite,
            week=day,
            outcome=Outcome.COMPLETED,
            arrived_at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC),
        )


def test_a_suite_always_visited_on_tuesdays_is_warned_of_first(browse_as: Browse, make: Workshop) -> None:
    make.suite("Aldgate")
    visits_on_tuesdays(make, make.suite("Euston Street"), 12)
    browser = browse_as(Role.COORDINATOR).get("/rota/unpredictability")
    assert "10 of the last 10 on Tuesday 10–14" in browser.text
    assert browser.text.index("Euston Street") < browser.text.index("Aldgate")
    browser.follow("Euston Street")
    assert "right for 7 of the last 7 visits" in browser.text
    assert "None in these twelve months" in browser.text
    assert "1 of 35 timeslots" in browser.text


def test_visits_without_a_report_say_nothing(browse_as: Browse, make: Workshop) -> None:
    suite = make.suite("Euston Street")
    make.visit(suite, make.person(), make.person(), week=TODAY + timedelta(weeks=1))
    browser = browse_as(Role.COORDINATOR).get(f"/rota/unpredictability/{suite.id}")
    assert "No visit to look at" in browser.text


def test_a_suite_that_is_not_there_is_not_found(browse_as: Browse) -> None:
    browse_as(Role.COORDINATOR).get("/rota/unpredictability/999", status=404)


def test_a_scheme_without_suites_is_told_what_to_do(browse_as: Browse) -> None:
    assert "Add a suite" in browse_as(Role.COORDINATOR).get("/rota/unpredictability").text


def test_nobody_else_sees_it(browse_as: Browse, make: Workshop) -> None:
    for role in (Role.PANEL, Role.POLICE):
        browse_as(role).get("/rota/unpredictability", status=403)
    browse_as(Role.VOLUNTEER, person=make.person()).get("/rota/unpredictability", status=403)


def test_the_page_asks_as_often_for_many_suites_as_for_one(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR)
    visits_on_tuesdays(make, make.suite(), 3)
    before = len(browser.get("/rota/unpredictability").queries)
    for _ in range(5):
        visits_on_tuesdays(make, make.suite(), 3)
    assert len(browser.get("/rota/unpredictability").queries) == before
