"""A volunteer's own availability, through real requests."""

from collections.abc import Callable
from datetime import time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import monday_of
from icv.rules.visits import DutyState
from icv.store.availability import DaysAway, answers
from icv.store.scheme import Setting, write_choice
from icv.store.visits import Duty
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop


def test_the_grid_is_given_kept_and_changed(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/")
    assert "You have not answered yet" in volunteer.text
    volunteer.send({"free": ["0-1", "6-4"], "wanted_a_month": "2"}, button="Save my availability")
    assert "You last answered on 4 March 2026" in volunteer.text
    assert volunteer.html.count(" checked") == 2
    assert answers(session, [person.id])[person.id].free == {(0, 1), (6, 4)}
    volunteer.send({"free": []}, button="Save my availability")
    assert volunteer.html.count(" checked") == 0


def test_nothing_to_add_is_one_button(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    browse_as(Role.VOLUNTEER, person=person).get("/availability/").send(button="I have nothing to add")
    assert answers(session, [person.id])[person.id].given_at == NOW


def test_a_slip_keeps_all_that_was_marked(browse_as: Callable[..., Browser], make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/")
    volunteer.send(
        {"free": ["2-3"], "wanted_a_month": "many", "most_a_month": "3"}, button="Save", status=422
    )
    assert volunteer.html.count(" checked") == 1
    assert 'value="many"' in volunteer.html
    volunteer.send({"wanted_a_month": "4"}, button="Save", status=422)
    assert "more visits a month than the most" in volunteer.text
    volunteer.send({"free": ["9-9"], "wanted_a_month": "1"}, button="Save", status=422)


def test_days_away_are_added_and_removed(browse_as: Callable[..., Browser], make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/")
    asked = {**day(TODAY, "first_on"), **day(TODAY + timedelta(days=5), "last_on")}
    volunteer.follow("Add days away").send(asked)
    assert "4 March to 9 March 2026" in volunteer.text or "4 to 9 March 2026" in volunteer.text
    assert "You have a visit in that time" not in volunteer.text
    volunteer.send(button="Remove")
    assert "None given" in volunteer.text


def test_a_missing_part_of_a_date_is_said_beside_it_and_the_rest_is_kept(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/days-away")
    asked = {**day(TODAY, "first_on"), **day(TODAY, "last_on"), "last_on-month": ""}
    volunteer.send(asked, status=422)
    assert "must include a month" in volunteer.text
    assert 'value="2026"' in volunteer.html
    volunteer.send({**day(TODAY - timedelta(days=1), "last_on")}, status=422)
    assert "cannot be before the first" in volunteer.text


def test_days_away_in_the_week_of_a_duty_say_that_it_is_kept(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    person = make.person()
    week = TODAY + timedelta(weeks=1)
    make.visit(make.suite("Euston Street"), person, week=week)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/days-away")
    volunteer.send({**day(week, "first_on"), **day(week, "last_on")})
    assert "You keep your visit" in volunteer.text
    assert "Euston Street" in volunteer.text
    assert "say so under My duties" in volunteer.text


def test_a_week_away_asks_first_and_then_gives_the_duty_back(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person, partner = make.person(), make.person(name="Ben Lee")
    monday = monday_of(TODAY) + timedelta(weeks=1)
    make.visit(make.suite("Euston Street"), person, partner, week=monday)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/days-away")
    week = {**day(monday, "first_on"), **day(monday + timedelta(days=6), "last_on")}
    volunteer.send(week)
    assert volunteer.heading == "Give back this visit?"
    assert "Euston Street, week of 9 March to 15 March 2026, with Ben Lee" in volunteer.text
    assert session.scalars(sa.select(DaysAway)).all() == []
    volunteer.send(button="Add these days and give back the visit")
    assert "Given back: Euston Street" in volunteer.text
    assert len(session.scalars(sa.select(DaysAway)).all()) == 1
    states = session.execute(sa.select(Duty.person_id, Duty.state)).all()
    assert dict(states) == {person.id: DutyState.RELEASED, partner.id: DutyState.ACCEPTED}  # type: ignore[arg-type]
    volunteer.get("/availability/days-away").send(week)
    assert "Given back" not in volunteer.text


def test_ids_that_are_no_numbers_are_refused(browse_as: Callable[..., Browser], make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/days-away")
    fields = {**day(TODAY, "first_on"), **day(TODAY, "last_on"), "giving_back": "x"}
    volunteer.post("/availability/days-away", fields, status=422)


def test_many_times_are_marked_by_one_button_that_keeps_the_rest_and_saves_nothing(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/")
    volunteer.send({"free": ["0-0"], "wanted_a_month": "2"}, button="All weekday evenings")
    assert "not saved yet" in volunteer.text
    assert volunteer.html.count(" checked") == 6
    volunteer.send(button="Every weekend")
    assert volunteer.html.count(" checked") == 16
    assert 'value="2"' in volunteer.html
    assert answers(session, [person.id]) == {}
    volunteer.send(button="Save my availability")
    kept = answers(session, [person.id])[person.id]
    assert (len(kept.free), kept.wanted_a_month) == (16, 2)
    volunteer.send(button="Any time")
    assert volunteer.html.count(" checked") == 35
    volunteer.send(button="Clear all")
    assert volunteer.html.count(" checked") == 0


def test_marks_of_other_bands_are_said_to_be_old(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/")
    volunteer.send({"free": ["0-1"]}, button="Save my availability")
    assert "Look at your marks again" not in volunteer.text
    day = TODAY + timedelta(days=1)
    bands = write_choice((time(7), time(12), time(17)))
    make.keep(Setting(name="bands", value=bands, effective_on=day, set_at=NOW))
    volunteer.app.extensions["icv_clock"].at = NOW + timedelta(days=2)
    volunteer.get("/availability/")
    assert "Look at your marks again" in volunteer.text
    volunteer.send(button="I have nothing to add")
    assert "Look at your marks again" in volunteer.text
    volunteer.send(button="Save my availability")
    assert "Look at your marks again" not in volunteer.text


def test_nobody_removes_anothers_days_away(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    away = DaysAway(person_id=make.person().id, first_on=TODAY, last_on=TODAY)
    session.add(away)
    session.flush()
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/")
    volunteer.post(f"/availability/days-away/{away.id}/remove", status=404)


def test_availability_is_for_volunteers(browse_as: Callable[..., Browser]) -> None:
    browse_as(Role.COORDINATOR).get("/availability/", status=403)
