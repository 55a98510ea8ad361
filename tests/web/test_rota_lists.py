"""A rota person by person, and the timeslots a draft would reach."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.visits import Outcome
from icv.services import rota as desk
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(weeks=4, days=-1))


def test_everybody_is_listed_with_their_visits_and_partners(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    make.suite("Euston Street")
    make.person(name="Ann"), make.person(name="Bo")
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    browser = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").follow("Person by person")
    assert "Ann: 4 visits" in browser.text
    assert "Euston Street Bo –" in browser.text
    desk.publish(session, rota, by=None, at=NOW)
    assert "Euston Street Bo waiting" in browser.get(f"/rota/{rota.id}/by-person").text


def test_a_draft_says_which_timeslots_it_would_reach(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    suite = make.suite("Euston Street")
    make.visit(suite, outcome=Outcome.COMPLETED, week=TODAY, arrived_at=datetime(2026, 3, 2, 11, tzinfo=UTC))
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    browser = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").follow("Timeslots it would reach")
    assert "1 of 35 timeslots were visited in the year before" in browser.text
    assert "with this draft it would be 5 of 35" in browser.text


def test_a_published_rota_says_nothing_of_times(browse_as: Browse, make: Workshop, session: Session) -> None:
    make.suite()
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/rota/{rota.id}/timeslots", status=404)
    assert "Timeslots it would reach" not in coordinator.get(f"/rota/{rota.id}").text
