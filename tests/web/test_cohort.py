"""What if: one person on a day, and everybody with the year ahead."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.store.people import StageStep
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def test_a_person_is_asked_about_on_another_day(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha Patel")
    person.vettings[0].expires_on = date(2026, 5, 3)
    make.session.flush()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/clearance")
    assert "Today, 4 March 2026" in browser.text
    assert "this changes on 4 May 2026" in browser.text
    assert "4 May 2026 May not visit: vetting expired on 3 May 2026" in browser.text
    browser.get(f"/people/{person.id}/clearance?on-day=4&on-month=may&on-year=2026")
    assert "May not visit" in browser.text
    assert "Vetting expired on 3 May 2026" in browser.text
    browser.get(f"/people/{person.id}/clearance?on=2026-05-03")
    assert "May visit." in browser.text


def test_leave_with_a_return_is_two_changes(browse_as: Browse, make: Workshop) -> None:
    person = make.person(name="Asha Patel")
    for stage, on in ((Stage.ON_LEAVE, date(2026, 4, 1)), (Stage.ACTIVE, date(2026, 7, 1))):
        make.keep(StageStep(person_id=person.id, stage=stage, on=on, made_at=NOW))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/clearance")
    assert "1 April 2026 May not visit: on leave since 1 April 2026 until 30 June 2026" in browser.text
    assert "1 July 2026 May visit" in browser.text


@pytest.mark.parametrize(
    "asked", ["on=soon", "on=2026-02-30", "on=", "on-day=3", "on-day=&on-month=&on-year="]
)
@pytest.mark.parametrize("page", ["/people/{}/clearance", "/people/clearance"])
def test_a_day_that_is_none_is_refused_beside_the_answer_for_today(
    browse_as: Browse, make: Workshop, page: str, asked: str
) -> None:
    path = page.format(make.person().id)
    browser = browse_as(Role.COORDINATOR).get(f"{path}?{asked}", status=422)
    assert "There is a problem" in browser.text
    assert "4 March 2026" in browser.text


def test_every_reading_is_in_the_trail(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    browse_as(Role.COORDINATOR).get(f"/people/{person.id}/clearance").get("/people/clearance")
    readings = session.execute(
        sa.select(TrailEntry.subject, TrailEntry.subject_id).where(TrailEntry.act == "read vetting")
    ).all()
    assert {tuple(row) for row in readings} == {("person", person.id), ("people", None)}


def test_nobody_is_an_answer(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR).get("/people/clearance")
    assert "No visitor is in office on this day" in browser.text
    browser.get("/people/999/clearance", status=404)


def test_the_whole_cohort_is_counted_and_named(browse_as: Browse, make: Workshop) -> None:
    make.suite()
    make.person(name="Asha Patel", team_id=make.team("North").id)
    lapsed = make.person(name="Bo Lee")
    lapsed.vettings[0].expires_on = date(2026, 3, 1)
    ends = make.person(Stage.PROBATION, name="Cy Young")
    ends.terms[0].ends_on = date(2026, 6, 30)
    make.session.flush()
    browser = browse_as(Role.COORDINATOR).get("/people/clearance")
    assert "2 of 3 visitors in office may visit" in browser.text
    assert "1 of them on probation" in browser.text
    assert "Bo Lee No team vetting expired on 1 March 2026 No day on record" in browser.text
    assert "North 1 of 1" in browser.text
    assert "9 visitors are needed" in browser.text
    assert "Today there are fewer than are needed: 2 of 9." in browser.text
    assert "Compared with today" not in browser.text
    assert "6 Jul 2026 1 Cy Young (term ended on 30 June 2026)" in browser.text
    browser.get("/people/clearance?on=2026-07-01")
    assert "1 of 3 visitors in office may visit" in browser.text
    assert "Cy Young may visit today and not then: term ended on 30 June 2026" in browser.text
    assert "Bo Lee may visit" not in browser.text


def test_the_page_asks_as_much_for_many_as_for_one(browse_as: Browse, make: Workshop) -> None:
    make.person()
    browser = browse_as(Role.COORDINATOR).get("/people/clearance")
    once = len(browser.queries)
    for _ in range(12):
        make.person()
    assert len(browser.get("/people/clearance").queries) == once


def test_a_day_past_is_asked_about_too(browse_as: Browse, make: Workshop) -> None:
    make.person(Stage.LEFT, name="Asha Patel", left_on=TODAY)
    browser = browse_as(Role.COORDINATOR).get("/people/clearance?on=2026-03-03")
    assert "visitors in office" in browser.text
    assert "Asha Patel" in browser.text


def test_every_name_leads_to_the_person_on_that_day(browse_as: Browse, make: Workshop) -> None:
    ends = make.person(name="Cy Young")
    ends.terms[0].ends_on = date(2026, 6, 30)
    make.session.flush()
    browser = browse_as(Role.COORDINATOR).get("/people/clearance")
    browser.follow("Cy Young")
    assert browser.heading == "Clearance of Cy Young"
    assert "6 July 2026Clearance of Cy Young May not visit." in browser.text
    browser.get("/people/clearance?on=2026-07-01").follow("Cy Young")
    assert "1 July 2026Clearance of Cy Young May not visit." in browser.text
