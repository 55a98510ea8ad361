"""Schemes that no rota can be made for, or hardly: each is answered in words with what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.drawing import DrawState
from icv.rules.stages import Stage
from icv.services import rota as desk
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.drawing import Draw
from icv.store.rota import Rota
from icv.store.visits import Visit
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
TWO_WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


@pytest.fixture
def coordinator(browse_as: Callable[..., Browser]) -> Browser:
    return browse_as(Role.COORDINATOR)


def ask(coordinator: Browser, days: Period = TWO_WEEKS, *, status: int = 200) -> Browser:
    coordinator.get("/rota/draw")
    asked = {**day(days.first, "first_on"), **day(days.last, "last_on")}
    return coordinator.send(asked, button="Draw the rota", status=status)


def drawn(coordinator: Browser, session: Session) -> Browser:
    """As the page shows it when the worker is done."""
    ask(coordinator)
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    session.rollback()
    assert desk.draw_waiting(engine, lambda: NOW) == 1
    return coordinator.get(coordinator.path)


def test_with_nobody_who_could_visit_the_draft_is_empty_and_says_so(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    coordinator.get("/rota/draw")
    assert "Nobody could visit" in coordinator.text
    assert "Add people, or import them" in coordinator.text
    drawn(coordinator, session)
    assert "The rules let nobody fill any of these visits" in coordinator.text
    coordinator.follow("Review and publish")
    assert "Nobody: no visit of this draft has a visitor" in coordinator.text


def test_one_visitor_alone_is_not_enough_and_it_is_said_why(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.person(name="Ann")
    drawn(coordinator, session)
    assert "The rules let nobody fill any of these visits" in coordinator.text
    assert "Nobody yet" in coordinator.text
    coordinator.follow("Review and publish")
    assert "1 visitor: 1 left, a visit needs 2" in coordinator.text
    assert "both visitors" in coordinator.text


def test_all_on_probation_is_said_of_every_empty_visit(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    for _ in range(4):
        make.person(Stage.PROBATION)
    drawn(coordinator, session)
    assert "The rules let nobody fill any of these visits" in coordinator.text
    coordinator.follow("Review and publish")
    assert "4 on probation, who may not go together" in coordinator.text
    assert "at most 1 of a pair may be: change the rule in Settings" in coordinator.text


def test_visitors_who_are_free_at_no_time_are_counted_as_such(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    """They have answered, and are away throughout: that is no silence."""
    make.suite("Euston Street")
    for _ in range(3):
        who = make.person()
        session.add(Availability(person_id=who.id, given_at=NOW))
        session.flush()
        session.add(FreeSlot(person_id=who.id, weekday=1, band=1))
        session.add(DaysAway(person_id=who.id, first_on=TODAY, last_on=TODAY + timedelta(days=90)))
    session.flush()
    drawn(coordinator, session)
    assert "The rules let nobody fill any of these visits" in coordinator.text
    coordinator.follow("Review and publish")
    assert "3 away" in coordinator.text


def test_without_any_availability_the_rota_is_drawn_and_says_what_was_taken_for_granted(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    for _ in range(4):
        make.person()
    coordinator.get("/rota/draw")
    assert "4 of 4 visitors have given no availability" in coordinator.text
    drawn(coordinator, session)
    assert "4 visitors have given no availability and were taken as free at any time" in coordinator.text


def test_a_suite_closed_all_period_is_refused_with_what_to_look_at(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    suite = make.suite("Euston Street")
    suite.periods[0].closes_on = TODAY
    make.person(), make.person()
    session.flush()
    coordinator.get("/rota/draw")
    asked = {**day(MONDAY, "first_on"), **day(TWO_WEEKS.last, "last_on"), "suites": [str(suite.id)]}
    coordinator.send(asked, button="Draw the rota", status=422)
    assert "No visit is needed in these weeks: no suite is open" in coordinator.text
    assert "look at the suites' open periods in the settings" in coordinator.text
    assert session.scalars(sa.select(Rota)).all() == []


def test_a_draft_of_weeks_published_meanwhile_says_so_before_it_is_published(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    for _ in range(4):
        make.person()
    drafts = [desk.draw(session, TWO_WEEKS, seed, by=None, at=NOW) for seed in (7, 8)]
    desk.publish(session, drafts[0], by=None, at=NOW)
    session.flush()
    assert "This draft is overtaken" in coordinator.get(f"/rota/{drafts[1].id}").text
    coordinator.get(f"/rota/{drafts[1].id}/publish")
    assert "It cannot be published as it is" in coordinator.text
    assert "Visits are scheduled already for Euston Street" in coordinator.text
    assert "Discard this draft" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 2


def test_weeks_published_already_are_refused_before_anybody_waits_for_a_rota_of_them(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    for _ in range(4):
        make.person()
    desk.publish(session, desk.draw(session, TWO_WEEKS, 7, by=None, at=NOW), by=None, at=NOW)
    ask(coordinator, Period(MONDAY, TWO_WEEKS.last + timedelta(weeks=1)), status=422)
    assert "Visits are scheduled already for Euston Street" in coordinator.text
    assert "Choose other weeks or suites" in coordinator.text
    ask(coordinator, Period(TWO_WEEKS.last + timedelta(days=1), TWO_WEEKS.last + timedelta(weeks=1)))
    assert coordinator.heading == "Drawing the rota"


def test_weeks_that_are_over_are_refused_before_anybody_waits_for_a_rota_of_them(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.person(), make.person()
    this_week = monday_of(TODAY)
    ask(coordinator, Period(this_week - timedelta(weeks=1), this_week + timedelta(days=6)), status=422)
    assert "is over. Choose a first day in this week or later" in coordinator.text
    ask(coordinator, Period(this_week, this_week + timedelta(days=6)))
    assert coordinator.heading == "Drawing the rota"


def test_the_page_of_rotas_leads_back_to_the_one_being_drawn(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.person(), make.person()
    assert "being drawn now" not in coordinator.get("/rota/").text
    watched = ask(coordinator).path
    assert coordinator.get("/rota/").follow("See how far it is").path == watched


def test_a_drawing_whose_worker_died_says_that_nobody_is_at_it(
    coordinator: Browser, session: Session, make: Workshop, clock: Clock
) -> None:
    make.suite("Euston Street"), make.person(), make.person()
    ask(coordinator)
    draw = session.scalars(sa.select(Draw)).one()
    draw.state, draw.began_at, draw.seen_at = DrawState.RUNNING, NOW, NOW + timedelta(seconds=20)
    session.flush()
    clock.at = NOW + timedelta(seconds=100)
    assert "At work" in coordinator.get(coordinator.path).text
    clock.at = NOW + timedelta(seconds=120)
    assert "the worker of this service does not seem to run" in coordinator.get(coordinator.path).text


def test_more_than_53_weeks_are_refused_with_what_was_typed_kept(
    coordinator: Browser, session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.person(), make.person()
    ask(coordinator, Period(MONDAY, MONDAY + timedelta(weeks=54)), status=422)
    assert "A rota can cover at most 53 weeks" in coordinator.text
    assert "ask for a shorter period" in coordinator.text
    assert f'value="{(MONDAY + timedelta(weeks=54)).year}"' in coordinator.html
