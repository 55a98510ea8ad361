"""Settings through real requests: choices with their day, suites and their periods, teams."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.choices import ASKED
from icv.rules.scheme import Choices
from icv.store.scheme import choices_on, write_choice
from icv.store.suites import SuitePeriod
from icv.store.trail import TrailEntry
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def test_every_choice_stands_on_the_page_with_its_words(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/")
    for asked in ASKED.values():
        assert asked.title in browser.text
    assert "06–10, 10–14, 14–18, 18–22, 22–06" in browser.text
    assert "As delivered: nobody has chosen yet" in browser.text


@pytest.mark.parametrize("name", ASKED)
def test_every_choice_sent_as_it_stands_is_nothing_new(browse_as: Browse, name: str) -> None:
    browser = browse_as(Role.COORDINATOR).get(f"/settings/{name}").send(button="Save", status=422)
    assert "is chosen so for 4 March 2026 already" in browser.text


CHANGES = {
    "scheme_name": ("Fenshire <custody> visiting", "Fenshire <custody> visiting"),
    "expected_visits_a_year": ("24", 24),
    "most_visits_a_month": ("3", 3),
    "feed_shows_suite": ("yes", True),
    "clearance_needs": (["vetting", "card"], frozenset({"vetting", "card"})),
    "completed_outcomes": (["completed", "no_access"], frozenset({"completed", "no_access"})),
    "bands": ("08:00, 16.00 2300", ["08:00", "16:00", "23:00"]),
    "finding_categories": ("care\r\n\r\n food  and drink \r\n", ("care", "food and drink")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_choice_of_each_form_is_kept_and_shown_again(
    browse_as: Browse, session: Session, name: str
) -> None:
    typed, kept = CHANGES[name]
    browser = browse_as(Role.COORDINATOR).get(f"/settings/{name}").send({"value": typed}, button="Save")
    assert "changed from 4 March 2026 on" in browser.text
    chosen = getattr(choices_on(session, TODAY), name)
    assert write_choice(chosen) == write_choice(kept)
    browser.get(f"/settings/{name}").send(button="Save", status=422)


BAD = {
    "scheme_name": "",
    "expected_visits_a_year": "many",
    "probation_months": "37",
    "report_due_days": "",
    "bands": "10:00, 06:00",
    "completed_outcomes": ["abandoned"],
    "finding_categories": "care\nCare",
}


@pytest.mark.parametrize("name", BAD)
def test_a_choice_that_makes_no_sense_is_refused_beside_its_field(
    browse_as: Browse, session: Session, name: str
) -> None:
    browser = browse_as(Role.COORDINATOR).get(f"/settings/{name}")
    browser.send({"value": BAD[name], **day(TODAY, "effective_on")}, button="Save", status=422)
    assert "There is a problem" in browser.text
    assert choices_on(session, TODAY) == Choices()


def test_an_unreadable_time_is_kept_as_typed(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/bands").send({"value": "6 to 10"}, status=422)
    assert "24-hour clock" in browser.text
    assert 'value="6 to 10"' in browser.html


def test_no_choice_reaches_into_the_past(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/term_years")
    browser.send({"value": "4", **day(TODAY - timedelta(days=1), "effective_on")}, button="Save", status=422)
    assert "The day must be today or later" in browser.text
    browser.send({**day(TODAY, "effective_on"), "effective_on-year": ""}, button="Save", status=422)
    assert "The date must include a year" in browser.text


def test_a_choice_to_come_is_shown_and_comes_on_its_day(
    browse_as: Browse, session: Session, clock: Clock
) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/term_years")
    browser.send({"value": "4", **day(TODAY + timedelta(days=7), "effective_on")}, button="Save")
    assert (
        "Length of a term 3 years As delivered: nobody has chosen yet From 11 March 2026: 4 years"
        in browser.text
    )
    browser.get("/settings/term_years").send(
        {"value": "5", **day(TODAY + timedelta(days=7), "effective_on")}, button="Save"
    )
    assert "From 11 March 2026: 5 years" in browser.text
    assert "4 years" not in browser.text
    assert "4 years (replaced the same day)" in browser.get("/settings/term_years").text
    assert choices_on(session, TODAY).term_years == 3
    assert choices_on(session, TODAY + timedelta(days=7)).term_years == 5


def test_a_choice_says_who_made_it_and_stands_in_the_trail(browse_as: Browse, session: Session) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/term_years").send({"value": "4"}, button="Save")
    assert "4 years Since 4 March 2026, chosen by Account 1 on 4 March 2026 at 12:00" in browser.text
    entry = session.scalars(sa.select(TrailEntry).where(TrailEntry.act == "choose")).one()
    assert (entry.details, entry.at) == ({"name": "term_years", "effective_on": "2026-03-04"}, NOW)


def test_a_choice_nobody_has_is_not_found(browse_as: Browse) -> None:
    browse_as(Role.COORDINATOR).get("/settings/colour", status=404)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_settings_are_the_coordinators_alone(browse_as: Browse, make: Workshop, role: Role) -> None:
    browser = browse_as(role, person=make.person())
    for path in ("/settings/", "/settings/term_years", "/settings/suites/", "/settings/teams/"):
        browser.get(path, status=403)


def test_a_suite_is_added_changed_from_a_day_and_closed(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/teams/").send({"name": "City"}, button="Add")
    browser.get("/settings/suites/").follow("Add a suite")
    browser.send({"name": "Euston Street", "team_id": "1", **day(date(2026, 1, 1), "opens_on")}, button="Add")
    assert "Open today · City" in browser.text
    assert "Last changed by Account 1 on 4 March 2026 at 12:00" in browser.text
    browser.follow("Change how Euston Street")
    browser.send({"visits_a_week": "0.25", **day(date(2026, 4, 1), "opens_on")}, button="Save")
    assert "1 Apr 2026 with no end known Main 0.25" in browser.text
    assert "1 Jan 2026 to 31 Mar 2026 Main 1" in browser.text
    suite_id = session.scalars(sa.select(SuitePeriod.suite_id)).first()
    make.visit(make.suite(), week=date(2026, 9, 7))
    browser.follow("Close Euston Street").send(day(date(2026, 8, 31), "closes_on"), button="Save")
    assert "Euston Street closes after 31 August 2026." in browser.text
    assert "later visit" not in browser.text
    browser.get(f"/settings/suites/{suite_id}").send({"name": "Euston Road"}, button="Save")
    assert "Euston Road" in browser.text


def test_visits_left_on_a_rota_after_closing_are_said(browse_as: Browse, make: Workshop) -> None:
    suite = make.suite("Keyham Lane")
    make.visit(suite, week=TODAY + timedelta(days=14))
    browser = browse_as(Role.COORDINATOR).get("/settings/suites/").follow("Close Keyham Lane")
    browser.send(day(TODAY, "closes_on"), button="Save")
    assert "1 later visit still on a rota" in browser.text
    assert "Open today" in browser.text


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "refusal"),
    [
        (date(2026, 1, 1), None, "The suite has another period from 1 January 2020 on"),
        (date(2019, 1, 1), date(2020, 1, 1), "The suite has another period from 1 January 2020 on"),
        (date(2019, 1, 1), date(2018, 1, 1), "The last day cannot be before the first"),
    ],
)
def test_no_two_periods_of_a_suite_share_a_day(
    browse_as: Browse, make: Workshop, opens_on: date, closes_on: date | None, refusal: str
) -> None:
    suite = make.suite()
    browser = browse_as(Role.COORDINATOR).get(f"/settings/suites/{suite.id}/open")
    ends = day(closes_on, "closes_on") if closes_on else {}
    assert refusal in browser.send({**day(opens_on, "opens_on"), **ends}, button="Save", status=422).text


def test_a_period_of_another_suite_is_not_found(browse_as: Browse, make: Workshop) -> None:
    one, other = make.suite(), make.suite()
    period = other.periods[0].id
    browser = browse_as(Role.COORDINATOR)
    browser.get(f"/settings/suites/{one.id}/periods/{period}", status=404)
    browser.get(f"/settings/suites/{one.id}/periods/{period}/close", status=404)
    browser.get("/settings/suites/99", status=404)


def test_visits_a_week_that_make_no_sense_are_refused(browse_as: Browse, make: Workshop) -> None:
    suite = make.suite()
    browser = browse_as(Role.COORDINATOR).get("/settings/suites/").follow("Change how")
    for typed in ("many", "-1", "100", ""):
        browser.send({"visits_a_week": typed}, button="Save", status=422)
    assert suite.id


def test_a_team_is_renamed_but_not_like_another(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/settings/teams/")
    browser.send({"name": "City"}, button="Add").send({"name": "County"}, button="Add")
    browser.send({"name": "CITY"}, button="Add", status=422)
    assert "“CITY” is on record already" in browser.text
    browser.follow("County").send({"name": "city"}, button="Save", status=422)
    browser.send({"name": "Counties"}, button="Save")
    assert "Counties" in browser.text
