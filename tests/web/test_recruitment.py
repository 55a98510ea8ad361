"""Recruitment rounds and the board of the pipeline through real requests."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.store.people import Person, Round, StageStep
from icv.store.trail import TrailEntry
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
DAY = timedelta(days=1)


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def a_round(make: Workshop, name: str = "Spring 2026", **more: object) -> Round:
    made: Round = make.keep(Round(name=name, **{"opened_on": TODAY - 20 * DAY, **more}))
    return made


def walk(
    make: Workshop, spring: Round, *steps: tuple[Stage, int], reason: str = "", **more: object
) -> Person:
    """Somebody who took each step so many days ago."""
    (first, ago), *rest = steps
    person = make.person(first, round_id=spring.id, on=TODAY - ago * DAY, **more)
    for stage, days in rest:
        make.keep(
            StageStep(person_id=person.id, stage=stage, on=TODAY - days * DAY, reason=reason, made_at=NOW)
        )
    return person


def test_a_scheme_without_rounds_is_told_what_to_do_first(coordinator: Browser) -> None:
    coordinator.get("/people/rounds/")
    assert "No rounds yet Plan the first one" in coordinator.text
    assert "Nobody on the way" in coordinator.get("/people/pipeline").text


def test_a_round_is_planned_and_its_address_is_there_to_copy(coordinator: Browser, session: Session) -> None:
    coordinator.get("/people/rounds/").follow("Plan a round")
    coordinator.send(
        {
            "name": "Spring 2026",
            "places": "8",
            "is_public": "y",
            "welcome": "Come and see.",
            **day(TODAY + 27 * DAY, "last_on"),
        },
        button="Keep",
    )
    assert coordinator.heading == "Spring 2026"
    assert "The round “Spring 2026” is on record." in coordinator.text
    spring = session.scalars(sa.select(Round)).one()
    assert f"http://localhost/apply/{spring.id}" in coordinator.text
    assert "Anybody who has it can apply until 31 March 2026." in coordinator.text
    assert "Days to apply 4 March 2026 to 31 March 2026" in coordinator.text
    assert "0 applications so far for 8 places." in coordinator.text
    coordinator.get("/people/rounds/")
    row = "Spring 2026 Open 4 March 2026 to 31 March 2026 Taking applications 0 0 of 0 8"
    assert row in coordinator.text


def test_a_round_not_taken_online_shows_no_address(coordinator: Browser, make: Workshop) -> None:
    spring = a_round(make)
    assert "/apply/" not in coordinator.get(f"/people/rounds/{spring.id}").html
    assert "Not online: you add those who apply" in coordinator.text


def test_a_round_to_come_says_from_when_people_may_apply(coordinator: Browser, make: Workshop) -> None:
    spring = a_round(make, opened_on=TODAY + DAY, is_public=True)
    coordinator.get(f"/people/rounds/{spring.id}")
    assert f"From 5 March 2026 on, people apply at http://localhost/apply/{spring.id}." in coordinator.text
    assert "Recruitment round, to come" in coordinator.text


def test_a_name_that_is_taken_is_refused_with_everything_typed_still_there(
    coordinator: Browser, make: Workshop
) -> None:
    a_round(make)
    coordinator.get("/people/rounds/add")
    typed = {"name": "spring 2026", "places": "many", "welcome": "Come and see.", **day(TODAY, "last_on")}
    coordinator.send(typed, button="Keep", status=422)
    assert "must be a whole number" in coordinator.text
    coordinator.send({"places": "5"}, button="Keep", status=422)
    assert "There is a round called “Spring 2026” already." in coordinator.text
    assert "Come and see." in coordinator.html
    assert 'value="spring 2026"' in coordinator.html


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"name": ""}, "Enter a name for the round"),
        ({"name": "X", "places": "0"}, "Enter a number from 1 to 999"),
        ({"name": "X", "last_on-day": "31", "last_on-month": "2", "last_on-year": "2026"}, "There is no 31"),
        ({"name": "X", **day(TODAY - DAY, "last_on")}, "must be 4 March 2026 or later"),
        ({"name": "X", "welcome": "a" * 4001}, "Keep the welcome to 4,000 characters"),
        ({"name": "X" * 101}, "keep it to 100 characters"),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(
    coordinator: Browser, session: Session, typed: dict[str, str], refusal: str
) -> None:
    coordinator.get("/people/rounds/add").send(typed, button="Keep", status=422)
    assert refusal in coordinator.text
    assert session.scalars(sa.select(Round)).all() == []


def test_a_round_is_changed_from_what_it_was(coordinator: Browser, make: Workshop) -> None:
    spring = a_round(make, closed_on=TODAY + DAY, places=5, welcome="Welcome.", is_public=True)
    coordinator.get(f"/people/rounds/{spring.id}").follow("Change")
    assert "Welcome." in coordinator.html
    coordinator.send({"name": "Spring 2027"}, button="Save")
    assert coordinator.heading == "Spring 2027"
    assert "12 February 2026 to 4 March 2026" in coordinator.text
    assert "Words of welcome Welcome." in coordinator.text


def test_a_round_is_closed_now_and_opened_again(coordinator: Browser, make: Workshop) -> None:
    spring = a_round(make, is_public=True)
    page = f"/people/rounds/{spring.id}"
    coordinator.get(page).follow("Close the round")
    coordinator.send(button="Close the round now")
    assert "Recruitment round, closed" in coordinator.text
    assert "/apply/" not in coordinator.html
    coordinator.get(f"{page}/close").send(button="Close the round now", status=422)
    assert "Spring 2026 is closed already." in coordinator.text
    coordinator.get(page).follow("Open the round again")
    coordinator.send(day(TODAY + 6 * DAY, "last_on"), button="Open the round now")
    assert "12 February 2026 to 10 March 2026" in coordinator.text
    coordinator.get(f"{page}/open").send(day(TODAY, "last_on"), button="Open", status=422)
    assert "Spring 2026 is open already." in coordinator.text


def test_every_act_on_a_round_is_in_the_trail(coordinator: Browser, session: Session) -> None:
    coordinator.get("/people/rounds/add").send({"name": "Spring"}, button="Keep")
    coordinator.follow("Close").send(button="Close")
    acts = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject == "round")).all()
    assert acts == ["add", "close"]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_rounds_and_the_board_are_the_coordinators_alone(
    browse_as: Browse, make: Workshop, role: Role
) -> None:
    spring = a_round(make)
    browser = browse_as(role, person=make.person())
    for path in ("rounds/", "rounds/add", f"rounds/{spring.id}", f"rounds/{spring.id}/close", "pipeline"):
        browser.get(f"/people/{path}", status=403)


def test_a_round_nobody_planned_is_not_found(coordinator: Browser) -> None:
    for path in ("99", "99/change", "99/close", "99/open", f"{10**30}"):
        coordinator.get(f"/people/rounds/{path}", status=404)


def test_the_funnel_says_how_many_came_to_each_stage_and_how_long_it_took(
    coordinator: Browser, make: Workshop
) -> None:
    spring = a_round(make, places=2)
    walk(make, spring, (Stage.APPLIED, 20), (Stage.SHORTLISTED, 17), name="Asha")
    walk(make, spring, (Stage.APPLIED, 20), (Stage.SHORTLISTED, 10), (Stage.INTERVIEWED, 5))
    walk(make, spring, (Stage.APPLIED, 19), (Stage.REJECTED, 18), reason="Lives too far away.", name="Ben")
    walk(make, spring, (Stage.APPLIED, 2))
    walk(make, spring, (Stage.PROBATION, 1))
    coordinator.get(f"/people/rounds/{spring.id}")
    assert "5 applications so far for 2 places: 3 still on the way, 1 appointed, 1 lost." in coordinator.text
    assert "Received 5 of 5 (100.0%) 1 1 3 days (known for 3 of 4) 2 Mar 2026" in coordinator.text
    assert "Shortlisted 3 of 5 (60.0%) 1 0 5 days (known for 1 of 2) 15 Feb 2026" in coordinator.text
    assert "Interviewed 2 of 5 (40.0%) 1 0 Not known 27 Feb 2026" in coordinator.text
    assert "Appointed 1 of 5 (20.0%) 1 in office 0 left since – –" in coordinator.text
    assert "Received Rejected Lives too far away 1 of 1" in coordinator.text
    assert "4 visitors if everybody on the way is appointed: 1 member today" in coordinator.text
    assert "Ben Received Rejected, since 14 Feb 2026" in coordinator.text
    assert "Received: 5, 3 days; Shortlisted: 3, 5 days; Interviewed: 2;" in coordinator.html


def test_a_round_stands_beside_the_one_before(coordinator: Browser, make: Workshop) -> None:
    autumn = a_round(make, "Autumn 2025", opened_on=date(2025, 9, 1), closed_on=date(2025, 10, 1))
    spring = a_round(make)
    walk(make, autumn, (Stage.TRAINING, 100))
    walk(make, autumn, (Stage.WITHDRAWN, 100))
    walk(make, spring, (Stage.APPLIED, 1))
    coordinator.get(f"/people/rounds/{spring.id}")
    assert "Beside the round before, Autumn 2025" in coordinator.text
    assert "Training 0 of 1 (0.0%) 1 of 2 (50.0%)" in coordinator.text
    assert "Beside the round before" not in coordinator.get(f"/people/rounds/{autumn.id}").text


def test_a_round_of_imported_people_asks_for_its_days(coordinator: Browser, make: Workshop) -> None:
    winter = a_round(make, "Winter 2023", opened_on=None)
    coordinator.get(f"/people/rounds/{winter.id}").follow("Record its days")
    coordinator.send(day(date(2023, 11, 1), "opened_on"), button="Save")
    assert "From 1 November 2023, with no last day" in coordinator.text


def test_a_round_asks_as_much_of_the_database_for_many_as_for_few(
    coordinator: Browser, make: Workshop
) -> None:
    spring = a_round(make)
    walk(make, spring, (Stage.APPLIED, 3), (Stage.VETTING, 1))
    few = [len(coordinator.get(path).queries) for path in (f"/people/rounds/{spring.id}", "/people/rounds/")]
    board = len(coordinator.get("/people/pipeline").queries)
    for number in range(40):
        walk(make, spring, (Stage.APPLIED, 3), (Stage.VETTING, 1))
        a_round(make, f"Round {number}", opened_on=date(2020, 1, 1))
    many = [len(coordinator.get(path).queries) for path in (f"/people/rounds/{spring.id}", "/people/rounds/")]
    assert many == few
    assert len(coordinator.get("/people/pipeline").queries) == board


def test_the_board_says_who_is_where_for_how_long_and_what_is_next(
    coordinator: Browser, make: Workshop
) -> None:
    spring = a_round(make)
    walk(make, spring, (Stage.APPLIED, 43), name="Asha")
    walk(make, spring, (Stage.APPLIED, 2), name="Ben")
    walk(make, spring, (Stage.VETTING, 31), name="Cara")
    coordinator.get("/people/pipeline")
    assert "Applied 2 people, median 22.5 days, 1 stuck" in coordinator.text
    assert "Asha Stuck · 43 days, since 20 Jan 2026 Decide: shortlisted" in coordinator.text
    assert "Ben 2 days, since 2 Mar 2026 Decide: shortlisted" in coordinator.text
    assert "Cara Vetting late · 31 days, since 1 Feb 2026" in coordinator.text


def test_the_board_is_narrowed_to_a_round_and_nonsense_is_not_asked_for(
    coordinator: Browser, make: Workshop
) -> None:
    spring, autumn = a_round(make), a_round(make, "Autumn 2025")
    walk(make, spring, (Stage.APPLIED, 2), name="Asha")
    walk(make, autumn, (Stage.APPLIED, 2), name="Ben")
    coordinator.get(f"/people/pipeline?round={spring.id}")
    assert "Asha" in coordinator.text
    assert "Ben" not in coordinator.text
    for nonsense in ("x", "0", "9" * 30, "-1"):
        assert "Ben" in coordinator.get(f"/people/pipeline?round={nonsense}").text


def test_a_long_column_ends_with_the_way_to_the_list(coordinator: Browser, make: Workshop) -> None:
    for _ in range(51):
        make.person(Stage.SHORTLISTED)
    coordinator.get("/people/pipeline").follow("All 51 in the list")
    assert "51 people" in coordinator.text


def test_readings_of_the_board_and_of_a_round_stand_in_the_trail(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    spring = a_round(make)
    coordinator.get("/people/pipeline").get(f"/people/rounds/{spring.id}")
    entries = session.scalars(sa.select(TrailEntry).where(TrailEntry.act == "read vetting")).all()
    assert [(entry.subject, entry.subject_id) for entry in entries] == [("people", None)] * 2


def test_those_ticked_on_the_board_are_moved_together(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    people = [make.person(Stage.APPLIED, name=name) for name in ("Asha", "Ben")]
    make.person(Stage.APPLIED, name="Cara")
    coordinator.get("/people/pipeline")
    ticked = "&".join(f"person={person.id}" for person in people)
    coordinator.get(f"/people/chosen?{ticked}&act=move")
    assert coordinator.heading == "Move 2 people"
