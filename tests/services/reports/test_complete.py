"""What a report must say before it is sent."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.checks import Check
from icv.rules.report import (
    Arrival,
    ContactsNote,
    Delay,
    FindingNote,
    FindingsNote,
    Headcount,
    Rank,
    Remarks,
    Section,
    Settled,
)
from icv.rules.visits import Outcome
from icv.services import reports
from icv.store.scheme import Setting, write_choice
from icv.store.visits import Report, Visit
from tests.services.reports.conftest import ARRIVED, COMPLETED, EMPTY_SUITE, Pair
from tests.workshop import NOW, TODAY


def test_an_incomplete_report_is_not_sent_and_says_what_is_missing(pair: Pair) -> None:
    pair.save(Arrival(outcome=Outcome.COMPLETED, arrived_at=ARRIVED), Section.ARRIVAL)
    with pytest.raises(reports.Incomplete) as incomplete:
        pair.file()
    lacking = {(section, fault.field) for section, fault in incomplete.value.missing}
    assert lacking == {
        (Section.ARRIVAL, "admitted_at"),
        (Section.ARRIVAL, "left_at"),
        (Section.COUNTS, "in_custody"),
        (Section.SUITE, "checks"),
        (Section.FINDINGS, "nothing_to_raise"),
        (Section.REMARKS, "saw_serious"),
    }


def test_what_nobody_was_let_in_to_see_is_not_asked(pair: Pair, session: Session) -> None:
    refused = {
        "outcome": Outcome.NO_ACCESS,
        "arrived_at": ARRIVED,
        "left_at": ARRIVED + timedelta(minutes=30),
        "reason": "Nobody answered the bell",
        "rank": Rank.NOBODY,
    }
    pair.save(Arrival(**refused), Section.ARRIVAL)
    pair.save(EMPTY_SUITE, Section.COUNTS)
    pair.save(FindingsNote(nothing_to_raise=True), Section.FINDINGS)
    pair.save(Remarks(saw_serious=False), Section.REMARKS)
    pair.file()
    visit = session.get_one(Visit, pair.visit.id)
    assert (visit.outcome, visit.reason) == (Outcome.NO_ACCESS, "Nobody answered the bell")
    assert visit.in_custody is None


def test_saying_that_nothing_was_serious_must_fit_the_findings(pair: Pair) -> None:
    pair.save_all()
    finding = FindingNote(category="welfare", detail="Water", settled=Settled.NEEDS_REPLY, is_serious=True)
    pair.add(finding, "finding")
    with pytest.raises(reports.Incomplete) as incomplete:
        pair.file()
    assert [fault.field for _, fault in incomplete.value.missing] == ["saw_serious"]


def test_people_who_accepted_are_entered_or_it_is_said_why_not(pair: Pair) -> None:
    pair.save_all(headcount=Headcount(in_custody=2, offered=2, accepted=2))
    with pytest.raises(reports.Incomplete):
        pair.file()
    pair.save(ContactsNote(why_fewer="The alarm went off"), Section.CONTACTS)
    assert pair.file().is_new


def test_a_long_wait_asks_for_its_reason_and_its_rank(pair: Pair, session: Session) -> None:
    waited = {**COMPLETED, "admitted_at": ARRIVED + timedelta(minutes=11)}
    pair.save_all(waited)
    with pytest.raises(reports.Incomplete) as incomplete:
        pair.file()
    assert {fault.field for _, fault in incomplete.value.missing} == {"delay", "rank"}
    told = Arrival(**waited, delay=Delay.SAFETY, rank=Rank.INSPECTOR)
    pair.save(told, Section.ARRIVAL, version=1)
    assert pair.file().is_new


def test_a_form_changed_in_the_week_of_a_visit_is_not_asked_of_it(pair: Pair, session: Session) -> None:
    own = (Check("water", "Water in every cell", "welfare"),)
    for name in ("suite_checks", "contact_checks"):
        session.add(Setting(name=name, value=write_choice(own), effective_on=TODAY, set_at=NOW))
    pair.save_all()
    pair.file()
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert "clean" in content["form"]["suite_checks"]
    assert "water" not in content["form"]["suite_checks"]
