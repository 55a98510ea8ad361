"""The visit report through real pages: bit by bit, sent once, and never lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState, Outcome
from icv.store.findings import Finding
from icv.store.people import Person
from icv.store.visits import Report, ReportSection, Visit
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def moment(name: str, clock: str, day: int = 4) -> dict[str, str]:
    return {
        f"{name}-day": str(day),
        f"{name}-month": "3",
        f"{name}-year": "2026",
        f"{name}-clock": clock,
    }


ARRIVED = {
    "outcome": "completed",
    **moment("arrived_at", "10:00"),
    **moment("admitted_at", "10:04"),
    **moment("left_at", "11:00"),
}


class TwoVisitors:
    def __init__(self, make: Workshop, browse_as: Browse) -> None:
        self.people: list[Person] = [make.person(name="Ann Hart"), make.person(name="Bo Lowe")]
        self.visit: Visit = make.visit(make.suite("Euston Street"), *self.people, reference="V001")
        self.ann, self.bo = (browse_as(Role.VOLUNTEER, person=person) for person in self.people)
        self.path = f"/visits/{self.visit.id}/report"

    def fill_in(self, browser: Browser) -> None:
        """An empty suite, all in order."""
        browser.get(f"{self.path}/arrival").send(ARRIVED)
        browser.send({"in_custody": "0"})
        browser.send()
        browser.send({"nothing_to_raise": "y"})
        browser.send({"saw_serious": "no"})


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoVisitors:
    return TwoVisitors(make, browse_as)


def test_a_report_is_filled_in_checked_and_sent(two: TwoVisitors, session: Session) -> None:
    two.ann.get(two.path)
    assert "0 of 6 done" in two.ann.text
    two.fill_in(two.ann)
    assert two.ann.path == two.path
    assert "5 of 5 done" in two.ann.text or "Everything is answered" in two.ann.text
    two.ann.follow("Check and send")
    assert "We were let in and made the visit" in two.ann.text
    assert "4 minutes" in two.ann.text
    two.ann.send(button="Send the report")
    report = session.scalars(sa.select(Report)).one()
    assert report.reference is not None
    assert report.reference in two.ann.text
    assert "Report received" in two.ann.heading


def test_back_and_again_sends_nothing_twice(two: TwoVisitors, session: Session) -> None:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check")
    two.bo.get(f"{two.path}/check")
    two.ann.send(button="Send the report")
    reference = session.scalars(sa.select(Report.reference)).one()
    two.bo.send(button="Send the report")
    assert two.bo.path == two.path
    assert reference in two.bo.text
    assert "had been received already" in two.bo.text
    two.ann.get(f"{two.path}/arrival")
    assert two.ann.path == two.path, "a filed report has no form to come back to"
    assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1


def test_each_section_leads_to_the_next(two: TwoVisitors) -> None:
    two.ann.get(f"{two.path}/arrival").send(ARRIVED)
    assert two.ann.path == f"{two.path}/counts"
    two.ann.send({"in_custody": "2", "offered": "1", "accepted": "1", "not_available": "1"})
    assert two.ann.path == f"{two.path}/contacts"


def test_a_section_may_be_saved_half_done(two: TwoVisitors) -> None:
    two.ann.get(f"{two.path}/arrival").send({"outcome": "completed", **moment("arrived_at", "10:00")})
    two.ann.get(two.path)
    assert "2 missing" in two.ann.text
    two.ann.get(f"{two.path}/arrival")
    assert 'value="10:00"' in two.ann.html


def test_what_is_missing_is_listed_with_links(two: TwoVisitors) -> None:
    two.ann.get(f"{two.path}/arrival").send({"outcome": "completed", **moment("arrived_at", "10:00")})
    two.ann.get(f"{two.path}/check")
    assert "The report cannot be sent yet" in two.ann.text
    two.ann.follow("Arrival and entry: Enter when you were let in")
    assert two.ann.path == f"{two.path}/arrival"


def test_sending_an_incomplete_report_by_force_is_refused(two: TwoVisitors, session: Session) -> None:
    two.ann.get(two.path)
    two.ann.post(f"{two.path}/check", status=422)
    assert "cannot be sent yet" in two.ann.text
    assert session.scalars(sa.select(Report.filed_at)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"arrived_at-day": ""}, "The date must include a day"),
        ({"arrived_at-clock": "25:00"}, "24-hour clock"),
        ({"arrived_at-clock": "9.71"}, "24-hour clock"),
        (moment("left_at", "09:00"), "before the time you were let in"),
        (moment("left_at", "23:00"), "still to come"),
        (moment("arrived_at", "10:00", day=1), "This visit is for the week 2 March to 8 March 2026"),
    ],
)
def test_impossible_times_are_refused_and_all_typed_is_kept(
    two: TwoVisitors, typed: dict[str, str], said: str
) -> None:
    two.ann.get(f"{two.path}/arrival")
    two.ann.send({**ARRIVED, "delay_words": "A long story", **typed}, status=422)
    assert said in two.ann.text
    assert "There is a problem" in two.ann.text
    assert "A long story" in two.ann.html
    for value in typed.values():
        assert f'value="{value}"' in two.ann.html or not value


def test_a_time_that_happened_twice_is_asked_about(
    make: Workshop, browse_as: Browse, clock: Clock, session: Session
) -> None:
    clock.at = NOW.replace(month=10, day=25, hour=20)
    person = make.person()
    visit = make.visit(make.suite(), person, week=clock.at.date())
    browser = browse_as(Role.VOLUNTEER, person=person)
    typed = {
        "outcome": "suite_closed",
        "reason": "Closed for works",
        "arrived_at-day": "25",
        "arrived_at-month": "10",
        "arrived_at-year": "2026",
        "arrived_at-clock": "01:30",
    }
    browser.get(f"/visits/{visit.id}/report/arrival").send(typed, status=422)
    assert "Was it the first or the second 01:30?" in browser.text
    browser.send({"arrived_at-which": "second"})
    kept = session.scalars(sa.select(ReportSection.answers)).one()
    assert kept["arrived_at"] == "2026-10-25T01:30:00+00:00"


def test_counts_add_up_or_say_why(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/counts")
    assert "data-icv-sum" in two.ann.html
    two.ann.send({"in_custody": "5", "offered": "3", "accepted": "3"}, status=422)
    assert "5 in custody, but" in two.ann.text
    assert 'value="5"' in two.ann.html
    two.ann.send({"why_not_adding_up": "Two came while we were there"})
    assert two.ann.path == f"{two.path}/contacts"


@pytest.mark.parametrize("number", ["-1", "100000", "many", "1.5"])
def test_counts_that_cannot_be_are_refused(two: TwoVisitors, number: str) -> None:
    two.ann.get(f"{two.path}/counts").send({"in_custody": number}, status=422)
    assert f'value="{number}"' in two.ann.html


def test_the_second_to_save_sees_both_and_decides(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/remarks")
    two.bo.get(f"{two.path}/remarks").send({"positives": "Kind staff"})
    two.ann.send({"positives": "Clean cells"}, status=422)
    assert "changed this while you had it open" in two.ann.text
    assert "Kind staff" in two.ann.text
    assert "Clean cells" in two.ann.html
    two.ann.send()
    kept = session.scalars(sa.select(ReportSection.answers)).one()
    assert kept["positives"] == "Clean cells"


def test_people_are_entered_by_number_and_changed_and_removed(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/contact/add")
    two.ann.send({"custody_number": "John Smith", "was_seen": "yes"}, status=422)
    assert "Never write a name" in two.ann.text
    two.ann.send({"custody_number": "EU/1/26", "checks-food": "no"})
    assert two.ann.path == f"{two.path}/contacts"
    assert "EU/1/26" in two.ann.text
    two.ann.follow("add a finding")
    assert 'value="food and drink" selected' in two.ann.html
    two.ann.get(f"{two.path}/contacts").follow("EU/1/26")
    two.ann.send({"was_seen": "no"}, status=422)
    assert "Say why you did not see this person" in two.ann.text
    two.ann.send({"why_not_seen": "asleep"})
    assert "no: asleep" in two.ann.text
    two.ann.send(button="Remove")
    assert "0 entered" not in two.ann.text
    assert session.scalars(sa.select(ReportSection.name)).all() == []


def test_a_check_left_alone_is_not_asked(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/contact/add").send({"custody_number": "EU/1/26", "was_seen": "yes"})
    kept = session.scalars(sa.select(ReportSection.answers)).one()
    assert set(kept["checks"].values()) == {"not_asked"}
    assert kept["consents_to_talk"] is None


def test_a_finding_says_what_became_of_it(two: TwoVisitors, session: Session) -> None:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/finding/add")
    two.ann.send({"category": "conditions", "detail": "No blanket", "settled": "put_right"}, status=422)
    assert "Say who put it right" in two.ann.text
    two.ann.send({"put_right_by": "The sergeant"})
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    assert session.scalars(sa.select(Finding.reference)).all() == ["V001-1"]
    assert "No blanket" in two.ann.text
    assert "resolved at visit" in two.ann.text


def test_not_let_in_takes_a_short_way(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/arrival")
    two.ann.send(
        {
            "outcome": "no_access",
            "reason": "Nobody came",
            **moment("arrived_at", "10:00"),
            **moment("left_at", "10:40"),
        }
    )
    assert two.ann.path == f"{two.path}/findings"
    two.ann.get(two.path)
    assert "Counts" not in two.ann.text


@pytest.mark.parametrize(
    "page", ["", "/arrival", "/counts", "/contacts", "/contact/add", "/findings", "/finding/add", "/check"]
)
def test_nobody_but_the_pair_knows_of_it(
    two: TwoVisitors, make: Workshop, browse_as: Browse, page: str
) -> None:
    released = make.person()
    make.duty(two.visit, released, state=DutyState.RELEASED)
    for person in (make.person(), released):
        browse_as(Role.VOLUNTEER, person=person).get(two.path + page, status=404)
    browse_as(Role.COORDINATOR).get(two.path + page, status=403)
    browse_as(Role.POLICE).get(two.path + page, status=403)


def test_strangers_cannot_post_either(two: TwoVisitors, make: Workshop, browse_as: Browse) -> None:
    stranger = browse_as(Role.VOLUNTEER, person=make.person())
    for page in ("/arrival", "/check", "/contact/add", "/contact/1/remove", "/finding/1"):
        stranger.post(two.path + page, status=404)


def test_before_its_week_the_page_says_when(make: Workshop, browse_as: Browse) -> None:
    person = make.person()
    visit = make.visit(make.suite(), person, week=TODAY + timedelta(days=7))
    browser = browse_as(Role.VOLUNTEER, person=person)
    browser.get(f"/visits/{visit.id}/report")
    assert "begins on 9 March 2026" in browser.text
    browser.get(f"/visits/{visit.id}/report/arrival")
    assert browser.path == f"/visits/{visit.id}/report"
    browser.post(f"/visits/{visit.id}/report/remarks", {"positives": "Early"}, status=422)
    assert "can be started from 9 March 2026" in browser.text


def test_a_visit_recorded_as_missed_says_so(two: TwoVisitors) -> None:
    two.visit.outcome, two.visit.reason = Outcome.MISSED, "Nobody came"
    two.ann.get(two.path)
    assert "recorded this visit as missed" in two.ann.text


def test_what_is_typed_after_the_partner_sent_is_not_lost(two: TwoVisitors) -> None:
    two.fill_in(two.ann)
    two.bo.get(f"{two.path}/remarks")
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    two.bo.send({"other": "One more thing"}, status=422)
    assert "has been sent and cannot be changed" in two.bo.text
    assert "One more thing" in two.bo.html


def test_no_page_of_the_report_asks_more_as_it_grows(two: TwoVisitors, app: Flask) -> None:
    counted: dict[str, list[int]] = {}
    for number in range(1, 9):
        two.ann.get(f"{two.path}/contact/add")
        two.ann.send({"custody_number": f"EU/{number}/26", "was_seen": "yes", "checks-food": "no"})
        if number in {1, 8}:
            for page in ("", "/contacts", "/check", "/contact/1"):
                two.ann.get(two.path + page)
                counted.setdefault(page, []).append(len(two.ann.queries))
    assert all(few == many for few, many in counted.values()), counted


def test_only_known_parts_have_pages(two: TwoVisitors) -> None:
    two.ann.get(f"{two.path}/weather", status=404)
    two.ann.get(f"{two.path}/contact/7")
    assert two.ann.path == f"{two.path}/contacts", "one that is not there leads back to the list"
    sent: dict[str, Any] = {"custody_number": "EU/1/26", "was_seen": "yes", "version": "3"}
    two.ann.get(f"{two.path}/contact/add").post(f"{two.path}/contact/7", sent, status=422)
    assert "removed this" in two.ann.text
