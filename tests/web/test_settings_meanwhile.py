"""Two coordinators, or two tabs of one, at the same setting: nothing is written over without a word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.checks import SUITE_CHECKS
from icv.rules.courses import CourseKind
from icv.store.courses import Course
from icv.store.scheme import choices_on
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]
CATEGORIES = "/settings/finding_categories"
AFTER = "on 4 March 2026 at 12:00, after you opened the page"
SAID = "Account 2 changed this"


@pytest.fixture
def mine(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def theirs(mine: Browser, browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_what_another_chose_meanwhile_is_told_and_overruled_only_knowingly(
    mine: Browser, theirs: Browser, session: Session
) -> None:
    mine.get(CATEGORIES)
    theirs.get(CATEGORIES).send({"value": "care\nfood\ntheirs"})
    mine.send({"value": "care\nmine"}, status=422)
    assert f"{SAID} setting {AFTER}" in mine.text
    assert "care food (not in yours) theirs (not in yours)" in mine.text
    assert "In yours alone: mine" in mine.text
    assert "care\nmine</textarea>" in mine.html
    assert choices_on(session, TODAY).finding_categories == ("care", "food", "theirs")
    mine.send()
    session.expire_all()
    assert choices_on(session, TODAY).finding_categories == ("care", "mine")


def test_whoever_looks_away_after_being_told_is_told_again(mine: Browser, theirs: Browser) -> None:
    mine.get(CATEGORIES)
    theirs.get(CATEGORIES).send({"value": "one"})
    mine.send({"value": "mine"}, status=422)
    theirs.get(CATEGORIES).send({"value": "another"})
    mine.send(status=422)
    assert "another (not in yours)" in mine.text
    mine.send()
    assert "Categories of findings: changed" in mine.text


def test_two_tabs_of_one_coordinator_are_told_of_each_other(mine: Browser, session: Session) -> None:
    first = mine.get("/settings/term_years").html
    assert 'name="seen"' in first
    mine.send({"value": "4"}).get("/settings/term_years")
    mine.send({"value": "5", "seen": "0"}, status=422)
    assert f"You changed this setting yourself, in another tab or on another device, {AFTER}" in mine.text
    assert choices_on(session, TODAY).term_years == 4
    mine.send()
    session.expire_all()
    assert choices_on(session, TODAY).term_years == 5


def test_the_same_choice_twice_is_nothing_new_and_nothing_lost(mine: Browser, theirs: Browser) -> None:
    mine.get("/settings/term_years")
    theirs.get("/settings/term_years").send({"value": "4"})
    mine.send({"value": "4"}, status=422)
    assert "is chosen so for 4 March 2026 already" in mine.text
    assert "after you opened the page" not in mine.text


def test_what_another_planned_for_a_later_day_is_told_as_well(
    mine: Browser, theirs: Browser, session: Session
) -> None:
    later = TODAY + timedelta(days=7)
    mine.get("/settings/term_years")
    theirs.get("/settings/term_years").send({"value": "5", **day(later, "effective_on")})
    mine.send({"value": "4"}, status=422)
    assert SAID in mine.text
    assert (
        "For 4 March 2026, as delivered: 3 years From 11 March 2026: 5 years, chosen by Account 2"
        in mine.text
    )
    mine.send()
    assert [choices_on(session, on).term_years for on in (TODAY, later)] == [4, 5]


def test_a_choice_that_comes_into_force_overnight_is_no_change(browse_as: Browse, clock: Clock) -> None:
    clock.at += timedelta(hours=11, minutes=50)
    mine, theirs = browse_as(Role.COORDINATOR), browse_as(Role.COORDINATOR)
    tomorrow = TODAY + timedelta(days=1)
    theirs.get("/settings/term_years").send({"value": "5", **day(tomorrow, "effective_on")})
    mine.get("/settings/term_years")
    clock.at += timedelta(minutes=20)
    mine.send({"value": "4", **day(tomorrow, "effective_on")})
    assert "changed from 5 March 2026 on" in mine.text


def test_lines_of_checks_stay_as_typed_when_another_has_taken_their_check_out(
    mine: Browser, theirs: Browser, session: Session
) -> None:
    mine.get("/settings/suite_checks")
    theirs.get("/settings/suite_checks").send(
        {"value-title-kitchen": "", "value-title-new1": "Water runs warm"}
    )
    mine.send({"value-title-kitchen": "Kitchen spotless", "value-title-new1": "Water runs cold"}, status=422)
    assert "Water runs warm (not in yours)" in mine.text
    assert 'value="Kitchen spotless"' in mine.html
    assert 'value="Water runs cold"' in mine.html
    mine.send()
    chosen = choices_on(session, TODAY).suite_checks
    assert [one.key for one in chosen] == [*(one.key for one in SUITE_CHECKS), "water_runs_cold"]
    assert next(one.title for one in chosen if one.key == "kitchen") == "Kitchen spotless"


def test_a_new_check_never_takes_the_key_that_another_gave_meanwhile(
    mine: Browser, theirs: Browser, session: Session
) -> None:
    mine.get("/settings/suite_checks")
    theirs.get("/settings/suite_checks").send({"value-title-new1": "Water to drink there"})
    mine.send({"value-title-new1": "Water to drink there, and cups"}, status=422)
    mine.send()
    assert choices_on(session, TODAY).suite_checks[-1].key == "water_to_drink_there_2"


@pytest.mark.parametrize("seen", [None, "", "x", "-1", "9" * 30, "1 OR 1"])
def test_what_was_seen_left_out_or_tampered_with_writes_over_nothing(
    mine: Browser, session: Session, seen: str | None
) -> None:
    mine.get("/settings/term_years").send({"value": "4"})
    fields = {"value": "5", **day(TODAY, "effective_on")}
    mine.get("/settings/term_years")
    mine.post("/settings/term_years", fields if seen is None else {**fields, "seen": seen}, status=422)
    assert choices_on(session, TODAY).term_years == 4


def test_a_suite_that_another_described_meanwhile_is_not_written_over(
    mine: Browser, theirs: Browser, make: Workshop
) -> None:
    path = f"/settings/suites/{make.suite('Euston').id}"
    mine.get(path)
    theirs.get(path).send({"address": "1 High Street"})
    mine.send({"name": "Euston Road"}, status=422)
    assert SAID in mine.text
    assert "Address 1 High Street" in mine.text
    assert 'value="Euston Road"' in mine.html
    mine.send()
    assert "Euston Road is changed." in mine.text


def test_a_period_that_another_changed_meanwhile_is_not_written_over(
    mine: Browser, theirs: Browser, make: Workshop
) -> None:
    suite = make.suite("Euston")
    period_id, first = suite.periods[0].id, suite.periods[0].opens_on
    path = f"/settings/suites/{suite.id}/periods/{period_id}"
    mine.get(path)
    theirs.get(path).send({"visits_a_week": "2", **day(first, "opens_on")})
    mine.send({"visits_a_week": "3", **day(first, "opens_on")}, status=422)
    assert SAID in mine.text
    assert "1 Jan 2020 with no end known: main, 2 a week" in mine.text
    mine.send()
    mine.get(f"{path}/close")
    theirs.get(f"{path}/close").send(day(TODAY + timedelta(days=9), "closes_on"))
    mine.send(day(TODAY + timedelta(days=5), "closes_on"), status=422)
    assert SAID in mine.text
    mine.send()
    assert "Euston closes after 9 March 2026" in mine.text


def test_a_day_that_another_has_put_into_a_period_of_its_own_is_said(
    mine: Browser, theirs: Browser, make: Workshop
) -> None:
    suite = make.suite("Euston")
    path = f"/settings/suites/{suite.id}/periods/{suite.periods[0].id}"
    mine.get(path)
    theirs.get(path).send({"visits_a_week": "2"})
    mine.send({"visits_a_week": "3"}, status=422)
    assert f"{SAID} suite {AFTER}" in mine.text
    assert "The day you typed lies in another period now" in mine.text
    assert "4 Mar 2026 with no end known: main, 2 a week" in mine.text
    mine.send(status=422)
    assert "Choose a day of this period, from 1 January 2020 to 3 March 2026" in mine.text


def test_a_team_that_another_renamed_meanwhile_is_not_written_over(mine: Browser, theirs: Browser) -> None:
    mine.get("/settings/teams/").send({"name": "City"}, button="Add").follow("City")
    theirs.get("/settings/teams/").follow("City").send({"name": "County"})
    mine.send({"name": "Borough"}, status=422)
    assert SAID in mine.text
    assert "Name of the team County" in mine.text
    mine.send()
    assert "The team is now called Borough." in mine.text


def test_the_page_asks_the_same_questions_however_often_a_choice_was_made(mine: Browser) -> None:
    first = len(mine.get(CATEGORIES).queries)
    for value in ("one", "two", "three"):
        mine.get(CATEGORIES).send({"value": value})
    assert len(mine.get(CATEGORIES).queries) == first


def test_a_course_that_another_changed_meanwhile_is_not_written_over(
    mine: Browser, theirs: Browser, make: Workshop
) -> None:
    course = make.keep(Course(name="Refresher", kind=CourseKind.KEPT_UP, valid_months=12))
    path = f"/people/training/courses/{course.id}"
    mine.get(path)
    theirs.get(path).send({"valid_months": "24"})
    mine.send({"valid_months": "6"}, status=422)
    assert f"{SAID} course {AFTER}" in mine.text
    assert "Counts for 24 months" in mine.text
    mine.send()
    assert "Refresher is changed." in mine.text
