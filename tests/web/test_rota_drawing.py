"""A rota is asked for, drawn, and published or discarded."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import rota as desk
from icv.store.rota import DraftVisit, Rota, RotaState, draft_visits
from icv.store.suites import Suite
from icv.store.visits import Visit
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.rotas import (
    A_WEEK,
    FOUR_WEEKS,
    MONDAY,
    a_scheme,
    draft,
    published,
)
from tests.workshop import NOW, Workshop


def the_worker_draws(coordinator: Browser, session: Session) -> None:
    """What the worker does with the drawing whose page is open; the page looks again."""
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    session.rollback()
    assert desk.draw_waiting(engine, lambda: NOW) == 1
    coordinator.get(coordinator.path)


def test_an_empty_list_says_what_to_do_first(browse_as: Callable[..., Browser]) -> None:
    coordinator = browse_as(Role.COORDINATOR).get("/rota/")
    assert "No rota yet" in coordinator.text
    coordinator.follow("Draw a rota")
    assert "Nobody could visit" in coordinator.text


def test_a_rota_is_drawn_and_published(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/").follow("Draw a rota")
    assert "6 of 6 visitors have given no availability" in coordinator.text
    coordinator.send(button="Draw the rota")
    assert coordinator.heading == "Drawing the rota"
    the_worker_draws(coordinator, session)
    assert coordinator.heading.startswith("Rota, ")
    assert "Publishing enters 26 visits in the register and tells 6 people" in coordinator.text
    assert "6 visitors have given no availability and were taken as free" in coordinator.text
    assert session.scalars(sa.select(Visit)).all() == []
    coordinator.follow("Review and publish")
    assert coordinator.heading == "Publish this rota?"
    coordinator.send(button="Publish this rota")
    assert "Published. 6 people" in coordinator.text
    assert "waiting" in coordinator.text
    assert len(session.scalars(sa.select(Visit.id)).all()) == 26
    coordinator.get("/rota/")
    assert "Published" in coordinator.text


def test_whoever_is_silent_is_asked_from_the_page_of_drawing(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    a_scheme(make, people=2)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw").follow("Ask visitors when they can visit")
    assert "Ask when visitors can visit" in coordinator.heading


def test_the_next_rota_begins_where_the_last_ends(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    published(session)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    first = FOUR_WEEKS.last + timedelta(days=1)
    assert f'value="{first.day}"' in coordinator.html
    the_worker_draws(coordinator.send(button="Draw the rota"), session)
    drawn = session.scalars(sa.select(Rota).where(Rota.state == RotaState.DRAFT)).one()
    assert (drawn.first_on, drawn.last_on) == (first, first + timedelta(weeks=13, days=-1))


def test_a_missing_part_of_a_date_keeps_everything_typed(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    coordinator.send(
        {**day(MONDAY, "first_on"), "last_on-day": "", "seed": "12"}, button="Draw the rota", status=422
    )
    assert "must include a day" in coordinator.text
    assert 'value="12"' in coordinator.html
    coordinator.send(
        {**day(MONDAY, "first_on"), **day(MONDAY - timedelta(days=1), "last_on")},
        button="Draw the rota",
        status=422,
    )
    assert "cannot be before the first" in coordinator.text


def test_a_period_without_a_whole_week_is_refused_in_words(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    coordinator.send({**day(MONDAY, "first_on"), **day(MONDAY, "last_on")}, button="Draw", status=422)
    assert "No visit is needed in these weeks" in coordinator.text


def test_only_the_suites_chosen_are_planned(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    coordinator.send({"suites": []}, button="Draw the rota", status=422)
    assert "Choose at least one suite" in coordinator.text
    suite_id = session.scalars(sa.select(Suite.id).order_by(Suite.name)).first()
    the_worker_draws(coordinator.send({"suites": [str(suite_id)]}, button="Draw the rota"), session)
    assert set(session.scalars(sa.select(DraftVisit.suite_id))) == {suite_id}


def test_a_seed_draws_the_same_rota_again(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR)
    for replace in ({}, {"replace": "y"}):
        coordinator.get("/rota/draw").send(
            {"seed": "77"}, button="Draw the rota", status=422 if replace else 200
        )
        if replace:
            coordinator.send(replace, button="Draw the rota")
        the_worker_draws(coordinator, session)
    first, again = session.scalars(sa.select(Rota).order_by(Rota.id)).all()
    assert "the same people go on every visit" in coordinator.text
    pairs = [[line.visitors for line in draft_visits(session, rota.id)] for rota in (first, again)]
    assert pairs[0] == pairs[1]
    assert first.seed == again.seed == 77


def test_publishing_twice_is_refused_in_words(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").follow("Review and publish")
    coordinator.send(button="Publish")
    coordinator.post(f"/rota/{rota.id}/publish", {"seal": "as it was"})
    assert "published already" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 2


def test_a_draft_is_discarded(browse_as: Callable[..., Browser], make: Workshop, session: Session) -> None:
    a_scheme(make)
    rota = draft(session)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}").send(button="Discard this draft")
    assert "The draft is discarded" in coordinator.text
    kept = published(session, A_WEEK)
    coordinator.get(f"/rota/{kept.id}").post(f"/rota/{kept.id}/discard")
    assert "Only a draft can be discarded" in coordinator.text
