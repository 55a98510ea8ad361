"""A rota is seen: each place with its answer, its reason, and who may look."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.stages import Stage
from icv.services import duties
from icv.services import rota as desk
from icv.store.people import Vetting
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.web.rotas import (
    A_WEEK,
    a_scheme,
    draft,
    published,
)
from tests.workshop import NOW, Workshop


def test_an_empty_place_stands_out_with_its_reason(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    make.suite("Euston Street")
    make.person(), make.person(Stage.SUSPENDED)
    rota = draft(session)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert coordinator.html.count("icv-gap") == 4
    assert "Nobody yet" in coordinator.text
    assert "1 not cleared" in coordinator.text


def test_a_published_rota_shows_each_answer_in_words(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    make.suite("Euston Street")
    accepting, declining = make.person(name="Ann"), make.person(name="Bo")
    rota = published(session, A_WEEK)
    held = {duty.person_id: duty.id for duty in session.scalars(sa.select(Duty))}
    duties.accept(session, held[accepting.id], by=make.actor(Role.VOLUNTEER, person=accepting), at=NOW)
    actor = make.actor(Role.VOLUNTEER, person=declining)
    duties.decline(session, held[declining.id], "On holiday", by=actor, at=NOW)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert "accepted" in coordinator.text
    assert "declined by Bo: On holiday" in coordinator.text
    assert "1 visit to come lacks a visitor." in coordinator.text
    assert coordinator.html.count("icv-gap") == 1


def test_whoever_is_no_longer_cleared_is_marked(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    make.suite()
    make.person(), make.person(name="Bo")
    rota = published(session, A_WEEK)
    session.execute(sa.update(Vetting).values(expires_on=A_WEEK.first))
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert coordinator.text.count("not cleared on every day of this week") == 2


@pytest.mark.parametrize(
    "page",
    [
        "/rota/99",
        "/rota/{}/visits/1/places/3",
        "/rota/{}/visits/99999/places/1",
        "/rota/{}/visits/99999/cancel",
    ],
)
def test_what_is_not_there_is_not_found(
    browse_as: Callable[..., Browser], make: Workshop, session: Session, page: str
) -> None:
    a_scheme(make)
    browse_as(Role.COORDINATOR).get(page.format(published(session, A_WEEK).id), status=404)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_the_rota_is_the_coordinators(browse_as: Callable[..., Browser], make: Workshop, role: Role) -> None:
    browser = browse_as(role, person=make.person())
    for page in ("/rota/", "/rota/draw", "/rota/1"):
        browser.get(page, status=403)


def test_the_grid_asks_the_same_number_of_questions_however_long(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make, people=12)
    short, long = (
        published(session, A_WEEK),
        draft(session, Period(A_WEEK.last + timedelta(days=1), A_WEEK.last + timedelta(weeks=12))),
    )
    coordinator = browse_as(Role.COORDINATOR)
    few = len(coordinator.get(f"/rota/{short.id}").queries)
    desk.publish(session, long, by=None, at=NOW)
    assert len(coordinator.get(f"/rota/{long.id}").queries) == few
