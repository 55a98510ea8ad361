"""A volunteer's own availability, through real requests."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.availability import DaysAway, answers
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop


def boxes(name: str, day: object) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


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
    asked = {**boxes("first_on", TODAY), **boxes("last_on", TODAY + timedelta(days=5))}
    volunteer.follow("Add days away").send(asked)
    assert "4 March to 9 March 2026" in volunteer.text or "4 to 9 March 2026" in volunteer.text
    assert "You have a visit in that time" not in volunteer.text
    volunteer.send(button="Remove")
    assert "None given" in volunteer.text


def test_a_missing_part_of_a_date_is_said_beside_it_and_the_rest_is_kept(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person()).get("/availability/days-away")
    asked = {**boxes("first_on", TODAY), **boxes("last_on", TODAY), "last_on-month": ""}
    volunteer.send(asked, status=422)
    assert "must include a month" in volunteer.text
    assert 'value="2026"' in volunteer.html
    volunteer.send({**boxes("last_on", TODAY - timedelta(days=1))}, status=422)
    assert "cannot be before the first" in volunteer.text


def test_days_away_over_a_duty_say_what_to_do(browse_as: Callable[..., Browser], make: Workshop) -> None:
    person = make.person()
    make.visit(None, person, week=TODAY + timedelta(weeks=1))
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/days-away")
    week = TODAY + timedelta(weeks=1)
    volunteer.send({**boxes("first_on", week), **boxes("last_on", week)})
    assert "say so under My duties" in volunteer.text


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
