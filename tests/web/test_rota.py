"""The coordinator's rota, through real requests."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.services import duties
from icv.services import rota as desk
from icv.store.availability import DaysAway
from icv.store.people import Conflict, Person, Vetting
from icv.store.rota import DraftVisit, Rota, RotaState, draft_visits
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def a_scheme(make: Workshop, people: int = 6) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    for number in range(people):
        make.person(name=f"Visitor {chr(65 + number)}")


def draft(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    return desk.draw(session, period, 7, by=None, at=NOW)


def published(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    rota = draft(session, period)
    desk.publish(session, rota, by=None, at=NOW)
    return rota


def place_of(rota: Rota, visit_id: int, place: int = 1) -> str:
    return f"/rota/{rota.id}/visits/{visit_id}/places/{place}"


def first_visit(session: Session, rota: Rota) -> int:
    found = session.scalar(sa.select(sa.func.min(Visit.id)).where(Visit.rota_id == rota.id))
    return found or draft_visits(session, rota.id)[0].id


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
        {**boxes("first_on", MONDAY), "last_on-day": "", "seed": "12"}, button="Draw the rota", status=422
    )
    assert "must include a day" in coordinator.text
    assert 'value="12"' in coordinator.html
    coordinator.send(
        {**boxes("first_on", MONDAY), **boxes("last_on", MONDAY - timedelta(days=1))},
        button="Draw the rota",
        status=422,
    )
    assert "cannot be before the first" in coordinator.text


def test_a_period_without_a_whole_week_is_refused_in_words(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    a_scheme(make)
    coordinator = browse_as(Role.COORDINATOR).get("/rota/draw")
    coordinator.send({**boxes("first_on", MONDAY), **boxes("last_on", MONDAY)}, button="Draw", status=422)
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


def test_a_place_is_given_by_hand_with_the_reasons_shown(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    visit_id = first_visit(session, rota)
    before = draft_visits(session, rota.id)[0].visitors
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, visit_id))
    assert "Already on another visit this week" in coordinator.text
    coordinator.send(button="Choose")
    assert "The place is filled" in coordinator.text
    after = draft_visits(session, rota.id)[0]
    session.expire_all()
    assert after.visitors[0] != before[0]
    assert after.visitors[1] == before[1]
    assert "locked" in coordinator.text


def test_overriding_a_rule_needs_a_reason_that_is_shown(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    make.suite("Euston Street")
    make.person(), make.person()
    away = make.person(name="Cy Away")
    session.add(DaysAway(person_id=away.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    rota = draft(session, A_WEEK)
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, first_visit(session, rota)))
    coordinator.follow("All the same: Cy Away")
    assert "Away this week" in coordinator.text
    coordinator.send({"reason": ""}, button="Put Cy Away", status=422)
    assert "the reason is kept" in coordinator.text
    coordinator.send({"reason": "Back early"}, button="Put Cy Away")
    assert "against a rule: Back early" in coordinator.text


def test_a_place_is_left_empty_locked_and_unlocked(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(page).send(button="Lock")
    assert "Locked" in coordinator.text
    coordinator.send(button="Unlock")
    assert "Unlocked" in coordinator.text
    coordinator.send(button="Leave this place empty")
    assert "The place is left empty" in coordinator.text
    coordinator.get(page)
    assert "This place is empty." in coordinator.text


def test_a_published_place_changes_hands(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, first_visit(session, rota)))
    coordinator.send(button="Choose")
    assert "told by e-mail" in coordinator.text
    assert "it has been changed by hand since" in coordinator.text
    states = session.scalars(sa.select(Duty.state)).all()
    assert states.count(DutyState.RELEASED) == 1
    assert states.count(DutyState.OFFERED) == 4


def test_sending_a_choice_twice_changes_nothing_more(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    spare = session.scalars(
        sa.select(Duty.person_id).where(Duty.visit_id == first_visit(session, rota), Duty.place == 1)
    ).one()
    coordinator = browse_as(Role.COORDINATOR).get(page)
    for _ in range(2):
        coordinator.post(page, {"person": str(spare)})
    assert session.scalar(sa.select(sa.func.count()).select_from(Duty)) == 4


def test_a_refused_choice_says_why(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    visit_id = first_visit(session, rota)
    partner = session.scalars(
        sa.select(Duty.person_id).where(Duty.visit_id == visit_id, Duty.place == 2)
    ).one()
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, visit_id))
    coordinator.post(place_of(rota, visit_id), {"person": str(partner)})
    assert "nobody visits alone" in coordinator.text
    coordinator.post(place_of(rota, visit_id), {"person": "999999"})
    assert "in office" in coordinator.text


def test_a_visit_is_cancelled_with_its_day_and_reason(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    page = place_of(rota, first_visit(session, rota))
    coordinator = browse_as(Role.COORDINATOR).get(page).follow("Cancel the whole visit")
    assert "taken out of the visits scheduled" in coordinator.text
    coordinator.send({"reason": ""}, button="Cancel this visit", status=422)
    coordinator.send({**boxes("cancelled_on", MONDAY), "reason": "Flood"}, button="Cancel", status=422)
    assert "future" in coordinator.text
    assert "Flood" in coordinator.html
    coordinator.send({**boxes("cancelled_on", TODAY)}, button="Cancel this visit")
    assert "cancelled on 4 Mar 2026: Flood" in coordinator.text
    outcomes = session.scalars(sa.select(Visit.outcome).order_by(Visit.id)).all()
    assert outcomes == [Outcome.CANCELLED, None]


def test_a_week_that_is_over_cannot_be_changed(
    browse_as: Callable[..., Browser], make: Workshop, session: Session, clock: Clock
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    clock.at = NOW + timedelta(days=14)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert "report due" in coordinator.text
    coordinator.get(place_of(rota, first_visit(session, rota)))
    assert "cannot be changed any more" in coordinator.text


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


def test_an_empty_place_says_why_and_is_filled_by_the_change_it_proposes(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make, people=4)
    rota = draft(session, A_WEEK)
    lines = draft_visits(session, rota.id)
    out = lines[0].visitors[0]
    session.add(DaysAway(person_id=out or 0, first_on=A_WEEK.first, last_on=A_WEEK.last))
    make.person(name="Visitor E")
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, lines[0].id))
    coordinator.send(button="Leave this place empty")
    barred = session.scalars(sa.select(Person.id).where(Person.name == "Visitor E")).one()
    session.add(Conflict(person_id=barred, suite_id=lines[0].suite_id, declared_on=TODAY))
    session.commit()
    coordinator.get(f"/rota/{rota.id}")
    assert "2 on another visit that week, 1 barred from this suite" in coordinator.text
    assert "1. As few visits as can be without a pair" in coordinator.text
    coordinator.get(place_of(rota, lines[0].id))
    assert "4 visitors: 1 barred from this suite, 1 away, 2 on another visit that week" in coordinator.text
    assert "It is empty because other visits need the same people." in coordinator.text
    assert "2 visits need 4 places; your visitors can give at most 4." in coordinator.text
    assert "Visitor E goes instead of" in coordinator.text
    coordinator.send(button="Make these 2 changes")
    assert "Done: the visit has its pair." in coordinator.text
    assert all(None not in line.visitors for line in draft_visits(session, rota.id))


def test_changes_that_no_longer_fit_are_all_left_undone(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    first = first_visit(session, rota)
    duties_of = {
        (duty.visit_id, duty.place): duty.person_id for duty in session.scalars(sa.select(Duty)).all()
    }
    taken = duties_of[first + 1, 1]
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    steps = {"steps": f"{first + 1}-2-0 {first}-1-{taken}"}
    coordinator.post(f"/rota/{rota.id}/visits/{first}/swap", steps)
    assert "Something has changed meanwhile, and nothing is done." in coordinator.text
    session.expire_all()
    assert {duty.state for duty in session.scalars(sa.select(Duty))} == {DutyState.OFFERED}
    for wrong in ("", "1-3-1", "a-1-1"):
        coordinator.post(f"/rota/{rota.id}/visits/{first}/swap", {"steps": wrong}, status=404)


def test_an_empty_place_of_a_published_rota_says_why_as_things_stand(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make, people=4)
    rota = published(session, A_WEEK)
    duty = session.scalars(sa.select(Duty).order_by(Duty.id)).first()
    assert duty is not None
    duty.state = DutyState.DECLINED
    session.add(DaysAway(person_id=duty.person_id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.commit()
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert "2 on another visit that week, 1 away" in coordinator.text


def test_nobody_is_put_on_both_places_or_after_they_left_whatever_the_reason(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = draft(session, A_WEEK)
    line = draft_visits(session, rota.id)[0]
    leaver = next(
        person
        for person in session.scalars(sa.select(Person).order_by(Person.id))
        if person.id not in line.visitors
    )
    leaver.left_on = A_WEEK.first + timedelta(days=2)
    session.commit()
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, line.id))
    assert "Leaves on" in coordinator.text
    assert "cannot be put on this visit. never" in coordinator.text
    for person in (leaver.id, line.visitors[1]):
        page = f"{place_of(rota, line.id)}/all-the-same/{person}"
        assert "No reason can stand against that." in coordinator.get(page).text
        coordinator.post(page, {"reason": "All the same"})
        assert "Choose somebody else" in coordinator.text
    assert draft_visits(session, rota.id)[0].visitors == line.visitors
