"""Moving several people at once: what stands against it for each, and who is left out."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.store.people import Interview, Person, StageStep
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def interviewed(make: Workshop, person: Person) -> Person:
    make.keep(
        Interview(
            person_id=person.id,
            held_on=TODAY - timedelta(days=1),
            is_recommended=True,
            made_at=NOW,
        )
    )
    return person


def chosen(*people: Person) -> str:
    return "&".join(f"person={person.id}" for person in people)


def stages(session: Session) -> dict[str, Stage]:
    session.expire_all()
    rows = session.execute(
        sa.select(Person.name, StageStep.stage).join(StageStep).order_by(StageStep.on, StageStep.id)
    )
    return dict(rows.all())


def test_each_person_has_what_stands_against_the_step_beside_them(browse_as: Browse, make: Workshop) -> None:
    asha = interviewed(make, make.person(Stage.SHORTLISTED, name="Asha"))
    ben = make.person(Stage.SHORTLISTED, name="Ben")
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(asha, ben)}")
    assert "Something stands against “interviewed” for 1 of 2" in browser.text
    assert "Asha Shortlisted Nothing" in browser.text
    assert "Ben Shortlisted Not yet interviewed: no notes of an interview" in browser.text


def test_only_those_nothing_stands_against_are_moved_by_the_second_button(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    asha = interviewed(make, make.person(Stage.SHORTLISTED, name="Asha"))
    ben = make.person(Stage.SHORTLISTED, name="Ben")
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(asha, ben)}")
    browser.send({"to": "interviewed"}, button="Only for those")
    assert "Asha: the stage is now “interviewed”. Left where they are: Ben." in browser.text
    assert stages(session) == {"Asha": Stage.INTERVIEWED, "Ben": Stage.SHORTLISTED}


def test_who_is_not_ticked_stays_and_is_still_listed_after_a_mistake(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    asha, ben = (make.person(Stage.APPLIED, name=name) for name in ("Asha", "Ben"))
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(asha, ben)}")
    browser.send({"to": "rejected", "person": [str(asha.id)]}, button="Record", status=422)
    ticks = {
        box.get("value"): box.get("checked") is not None
        for box in browser.page.iter("input")
        if box.get("name") == "person"
    }
    assert ticks == {str(asha.id): True, str(ben.id): False}
    assert "Enter the reason" in browser.text
    browser.send({"reason": "The round is full"}, button="Record")
    assert "Asha: the stage is now “rejected”. Left where they are: Ben." in browser.text
    assert stages(session) == {"Asha": Stage.REJECTED, "Ben": Stage.APPLIED}


def test_nobody_ticked_is_said(browse_as: Browse, make: Workshop) -> None:
    asha = make.person(Stage.APPLIED, name="Asha")
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(asha)}")
    browser.send({"to": "shortlisted", "person": []}, button="Record", status=422)
    assert "Tick at least one person" in browser.text
    assert "Asha" in browser.text


def test_people_at_different_stages_are_moved_a_stage_at_a_time(browse_as: Browse, make: Workshop) -> None:
    people = [make.person(Stage.APPLIED, name="Asha"), make.person(Stage.ACTIVE, name="Ben")]
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(*people)}")
    assert "No one stage follows for all of them." in browser.text
    browser.follow("1 at the stage “active”")
    assert browser.heading == "Move 1 person"
    assert "Ben Active Nothing" in browser.text


def test_an_end_for_people_at_several_stages_needs_nothing_but_its_reason(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    people = [make.person(stage, name=stage.words) for stage in (Stage.APPLIED, Stage.VETTING)]
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(*people)}")
    browser.send({"to": "withdrawn", "reason": "The round was called off"}, button="Record")
    assert set(stages(session).values()) == {Stage.WITHDRAWN}


def test_sent_again_after_going_back_nothing_is_recorded_twice(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    asha = make.person(Stage.APPLIED, name="Asha")
    page = f"/people/move?{chosen(asha)}"
    browser = browse_as(Role.COORDINATOR).get(page)
    sent = {
        "to": "shortlisted",
        "person": str(asha.id),
        "on-day": str(TODAY.day),
        "on-month": str(TODAY.month),
        "on-year": str(TODAY.year),
    }
    browser.post(f"/people/move?listed={asha.id}", sent)
    browser.post(f"/people/move?listed={asha.id}", sent, status=422)
    assert session.scalar(sa.select(sa.func.count()).select_from(StageStep)) == 2


def test_what_stands_against_people_is_vetting_data_and_its_reading_is_kept(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    asha = make.person(Stage.VETTING, name="Asha")
    browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(asha)}")
    assert session.scalars(sa.select(TrailEntry.act).where(TrailEntry.act == "read vetting")).all() == [
        "read vetting"
    ]


def test_many_are_looked_at_with_as_few_questions_as_one(browse_as: Browse, make: Workshop) -> None:
    people = [make.person(Stage.APPLIED) for _ in range(30)]
    browser = browse_as(Role.COORDINATOR).get(f"/people/move?{chosen(people[0])}")
    few = len(browser.queries)
    assert len(browser.get(f"/people/move?{chosen(*people)}").queries) == few


def test_inviting_pressed_again_tells_of_the_invitation_just_made(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/invite?person={person.id}")
    browser.send()
    assert browser.heading == "The link is ready"
    browser.get(f"/people/invite?person={person.id}").send()
    assert "Invited a moment ago, and not again: Asha Patel." in browser.text
