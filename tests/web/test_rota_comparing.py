"""A rota drawn again stands beside the earlier draft until one is chosen, through real requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome
from icv.services import rota as desk
from icv.store.letters import Letter
from icv.store.rota import Rota, RotaState, draft_visits
from icv.store.suites import Suite
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
TWO_WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


def draft(session: Session, seed: int) -> Rota:
    return desk.draw(session, TWO_WEEKS, seed, by=None, at=NOW)


def states(session: Session, *rotas: Rota) -> list[RotaState]:
    session.expire_all()
    return [session.get_one(Rota, one.id).state for one in rotas]


@pytest.fixture
def scheme(make: Workshop) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    for name in ("Ann", "Bo", "Cy", "Di", "Eve", "Flo"):
        make.person(name=name)


@pytest.mark.usefixtures("scheme")
def test_a_draft_in_the_way_is_said_and_the_new_one_stands_beside_it(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old = draft(session, 7)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    asked = {**day(TWO_WEEKS.first, "first_on"), **day(TWO_WEEKS.last, "last_on")}
    coordinator.send(asked, button="Draw the rota", status=422)
    assert "There is a draft for some of these weeks already" in coordinator.text
    coordinator.send({"replace": "y"}, button="Draw the rota")
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    session.rollback()
    assert desk.draw_waiting(engine, lambda: NOW) == 1
    coordinator.get(coordinator.path)
    assert coordinator.heading == "Which draft do you keep?"
    new = session.scalars(sa.select(Rota).where(Rota.id > old.id)).one()
    assert states(session, old, new) == [RotaState.DRAFT, RotaState.DRAFT]
    coordinator.send(button="Keep the new draft")
    assert "This draft is kept, the other is put away. Nobody was told of either." in coordinator.text
    assert states(session, old, new) == [RotaState.DISCARDED, RotaState.DRAFT]
    assert session.scalars(sa.select(Letter)).all() == []


@pytest.mark.usefixtures("scheme")
@pytest.mark.parametrize("published", [0, 1])
def test_one_that_a_colleague_published_meanwhile_is_said_and_the_other_stays(
    browse_as: Callable[..., Browser], session: Session, published: int
) -> None:
    drafts = old, new = draft(session, 7), draft(session, 8)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{old.id}/beside/{new.id}")
    desk.publish(session, drafts[published], by=None, at=NOW)
    session.commit()
    coordinator.send(button="Keep the new draft")
    assert "One of the two was published meanwhile: there is nothing to choose any more." in coordinator.text
    assert states(session, drafts[published], drafts[1 - published]) == [
        RotaState.PUBLISHED,
        RotaState.DRAFT,
    ]


@pytest.mark.usefixtures("scheme")
def test_a_draft_is_overtaken_once_the_other_is_published_and_is_discarded_from_the_list(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old, new = draft(session, 7), draft(session, 8)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/")
    assert "overtaken" not in coordinator.text
    assert "overtaken" not in coordinator.get(f"/rota/{old.id}").text
    desk.publish(session, new, by=None, at=NOW)
    later = Period(TWO_WEEKS.last + timedelta(days=1), TWO_WEEKS.last + timedelta(days=7))
    other = desk.draw(session, later, 7, by=None, at=NOW)
    session.commit()
    coordinator.get(f"/rota/{old.id}")
    assert "This draft is overtaken: it cannot be published. 4 of 4" in coordinator.text
    assert "Review and publish" not in coordinator.text
    assert coordinator.follow("the rota that was published").path == f"/rota/{new.id}"
    assert "overtaken" not in coordinator.get(f"/rota/{other.id}").text
    coordinator.get("/rota/")
    assert coordinator.text.count("overtaken") == 1
    coordinator.send(button="Discard this draft")
    assert "The draft is discarded. Nobody was told of it." in coordinator.text
    assert "overtaken" not in coordinator.text
    assert states(session, old, new, other) == [RotaState.DISCARDED, RotaState.PUBLISHED, RotaState.DRAFT]


@pytest.mark.usefixtures("scheme")
def test_a_draft_of_which_some_visits_are_scheduled_says_how_many(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    old = draft(session, 7)
    suite = session.scalars(sa.select(Suite).where(Suite.name == "Euston Street")).one()
    visit = make.visit(suite, week=MONDAY)
    session.commit()
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{old.id}")
    assert "1 of 4" in coordinator.text
    assert "draw a rota for them alone" in coordinator.text
    visit.outcome, visit.reason, visit.cancelled_on = Outcome.CANCELLED, "Closed", TODAY
    session.commit()
    assert "overtaken" not in coordinator.get(f"/rota/{old.id}").text


@pytest.mark.usefixtures("scheme")
def test_the_two_are_measured_in_words_and_the_places_that_differ_are_listed(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old, new = draft(session, 7), draft(session, 8)
    first = draft_visits(session, old.id)[0]
    desk.put(session, old, first.id, 1, None, choices=Choices(), by=None, at=NOW)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/").follow("Choose")
    assert "Visits without a pair 1 0 The new one" in coordinator.text
    assert "as good" in coordinator.text
    assert "Nobody yet and" in coordinator.text
    coordinator.get(f"/rota/{old.id}/beside/{new.id}")
    assert (
        "The new one is better in the most important thing in which they differ: visits without a pair"
        in (coordinator.text)
    )


@pytest.mark.usefixtures("scheme")
def test_the_earlier_is_kept_as_well_and_choosing_twice_changes_nothing(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old, new = draft(session, 7), draft(session, 8)
    page = f"/rota/{new.id}/beside/{old.id}"
    coordinator = browse_as(Role.COORDINATOR).get(page).send(button="Keep the earlier draft")
    assert coordinator.path == f"/rota/{old.id}"
    coordinator.post(page, {"keep": str(new.id)}, status=404)
    assert states(session, old, new) == [RotaState.DRAFT, RotaState.DISCARDED]


@pytest.mark.usefixtures("scheme")
def test_a_choice_of_neither_asks_again(browse_as: Callable[..., Browser], session: Session) -> None:
    old, new = draft(session, 7), draft(session, 8)
    page = f"/rota/{new.id}/beside/{old.id}"
    coordinator = browse_as(Role.COORDINATOR).get(page).post(page, {"keep": "999"})
    assert coordinator.heading == "Which draft do you keep?"
    assert states(session, old, new) == [RotaState.DRAFT, RotaState.DRAFT]


@pytest.mark.usefixtures("scheme")
def test_two_unchosen_drafts_stand_in_the_way_of_a_third(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    draft(session, 7), draft(session, 8)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    asked = {**day(TWO_WEEKS.first, "first_on"), **day(TWO_WEEKS.last, "last_on")}
    coordinator.send(asked, button="Draw the rota", status=422)
    coordinator.send({"replace": "y"}, button="Draw the rota", status=422)
    assert "Two drafts of these weeks stand side by side" in coordinator.text


@pytest.mark.usefixtures("scheme")
def test_drafts_of_other_weeks_do_not_stand_side_by_side(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old = draft(session, 7)
    later = Period(TWO_WEEKS.last + timedelta(days=1), TWO_WEEKS.last + timedelta(days=7))
    other = desk.draw(session, later, 7, by=None, at=NOW)
    browse_as(Role.COORDINATOR).get(f"/rota/{other.id}/beside/{old.id}", status=404)


@pytest.mark.usefixtures("scheme")
def test_whoever_is_about_to_publish_one_of_two_is_told_of_the_other(
    browse_as: Callable[..., Browser], session: Session
) -> None:
    old, _ = draft(session, 7), draft(session, 8)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{old.id}/publish")
    assert "Another draft of these weeks stands beside this one" in coordinator.text
    assert coordinator.follow("See what differs").heading == "Which draft do you keep?"
