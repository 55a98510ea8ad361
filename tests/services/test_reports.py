"""A report is saved part by part by its pair, filed once, and entered in the register."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.checks import Check
from icv.rules.digests import digest_of
from icv.rules.findings import EventKind, FindingState
from icv.rules.report import (
    AbsentNote,
    Arrival,
    ContactNote,
    ContactsNote,
    Delay,
    FindingNote,
    FindingsNote,
    Headcount,
    Part,
    Rank,
    Remarks,
    Section,
    Settled,
    SuiteNote,
    Three,
    WhyNotSeen,
)
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState, Mode, Outcome
from icv.services import reports
from icv.services.visits import record_missed
from icv.store.findings import Finding, FindingEvent, FindingTheme
from icv.store.letters import Letter
from icv.store.reports import report_seen_by, saved_parts
from icv.store.scheme import Setting, write_choice
from icv.store.today.visits import reports_due
from icv.store.trail import TrailEntry
from icv.store.visits import Contact, Report, ReportSection, Visit, VisitCount
from tests.workshop import NOW, TODAY, Workshop

ARRIVED = NOW - timedelta(hours=2)
COMPLETED: dict[str, Any] = {
    "outcome": Outcome.COMPLETED,
    "arrived_at": ARRIVED,
    "admitted_at": ARRIVED + timedelta(minutes=3),
    "left_at": ARRIVED + timedelta(hours=1),
}
EMPTY_SUITE = Headcount(in_custody=0)


class Pair:
    """Two visitors with a visit this week, and what either does to its report."""

    def __init__(self, make: Workshop) -> None:
        self.session = make.session
        people = [make.person(), make.person()]
        self.visit: Visit = make.visit(make.suite("Euston Street"), *people, reference="V001")
        self.one, self.other = (make.actor(Role.VOLUNTEER, person=person) for person in people)

    def save(self, part: Part, name: str, version: int = 0, by: Actor | None = None) -> None:
        reports.save(self.session, self.visit.id, name, part, version=version, by=by or self.one, at=NOW)

    def add(self, part: Part, word: str, by: Actor | None = None) -> str:
        return reports.add(self.session, self.visit.id, word, part, by=by or self.one, at=NOW)

    def file(self, by: Actor | None = None, at: datetime = NOW) -> reports.Receipt:
        return reports.file(self.session, self.visit.id, by=by or self.one, at=at)

    def save_all(self, arrival: dict[str, Any] | None = None, headcount: Headcount = EMPTY_SUITE) -> None:
        self.save(Arrival(**(arrival or COMPLETED)), Section.ARRIVAL)
        self.save(headcount, Section.COUNTS)
        self.save(SuiteNote(), Section.SUITE)
        self.save(FindingsNote(nothing_to_raise=True), Section.FINDINGS)
        self.save(Remarks(saw_serious=False), Section.REMARKS)


@pytest.fixture
def pair(make: Workshop) -> Pair:
    return Pair(make)


def test_a_filed_report_stands_in_the_register(pair: Pair, session: Session) -> None:
    counts = Headcount(in_custody=5, offered=3, accepted=1, declined=2, not_available=2)
    pair.save_all(headcount=counts)
    pair.add(ContactNote(custody_number="EU/1/26", was_seen=True, checks={"food": Three.NO}), "contact")
    pair.add(ContactNote(custody_number="EU/2/26", was_seen=False, why_not_seen=WhyNotSeen.ASLEEP), "contact")
    receipt = pair.file()
    visit = session.get_one(Visit, pair.visit.id)
    assert (visit.outcome, visit.mode, visit.arrived_at) == (Outcome.COMPLETED, Mode.IN_PERSON, ARRIVED)
    assert (visit.in_custody, visit.accepted, visit.not_available, visit.observed_only) == (5, 1, 2, 0)
    report = session.scalars(sa.select(Report)).one()
    assert report.content is not None
    assert (report.reference, report.filed_by_id) == (receipt.reference, pair.one.account_id)
    assert report.digest == digest_of(report.content)
    kept = session.execute(sa.select(Contact.custody_number, Contact.was_seen).order_by(Contact.id)).all()
    assert kept == [("EU/1/26", True), ("EU/2/26", False)]
    assert not session.scalars(sa.select(ReportSection)).all(), "the draft is gone: the content has it all"


def test_a_reference_can_be_read_aloud(pair: Pair) -> None:
    pair.save_all()
    reference = pair.file().reference
    assert len(reference) == 9
    assert not set(reference[2:]) & set("01ILOSUEAB")


def test_sending_twice_gives_the_same_receipt(pair: Pair, session: Session) -> None:
    pair.save_all()
    first = pair.file()
    again = pair.file(by=pair.other, at=NOW + timedelta(hours=1))
    assert (again.reference, again.filed_at, again.is_new) == (first.reference, NOW, False)
    assert first.is_new
    assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
    acts = session.scalars(sa.select(TrailEntry.act)).all()
    assert acts.count("file report") == 1


def test_nothing_can_be_saved_after_filing(pair: Pair) -> None:
    pair.save_all()
    pair.file()
    with pytest.raises(reports.NotOpen, match="has been sent"):
        pair.save(Remarks(saw_serious=True), Section.REMARKS, by=pair.other)


def test_strangers_can_neither_see_save_nor_send(pair: Pair, make: Workshop, session: Session) -> None:
    pair.save_all()
    stranger = make.actor(Role.VOLUNTEER, person=make.person())
    released = make.person()
    make.duty(pair.visit, released, state=DutyState.RELEASED)
    for actor in (stranger, make.actor(Role.VOLUNTEER, person=released), make.actor(Role.COORDINATOR)):
        assert report_seen_by(session, actor, pair.visit.id) is None
        with pytest.raises(reports.NotOpen):
            pair.save(Remarks(), Section.REMARKS, version=1, by=actor)
        with pytest.raises(reports.NotOpen):
            pair.file(by=actor)
    pair.file()
    with pytest.raises(reports.NotOpen):
        pair.file(by=stranger)


def test_a_report_is_not_begun_before_its_week(make: Workshop) -> None:
    person = make.person()
    visit = make.visit(make.suite(), person, week=TODAY + timedelta(days=7))
    actor = make.actor(Role.VOLUNTEER, person=person)
    with pytest.raises(reports.NotOpen, match="from 9 March 2026"):
        reports.save(make.session, visit.id, "remarks", Remarks(), version=0, by=actor, at=NOW)


def test_a_visit_recorded_as_missed_is_not_reported_over_it(pair: Pair) -> None:
    pair.save_all()
    pair.visit.outcome = Outcome.MISSED
    with pytest.raises(reports.NotOpen, match="recorded this visit as missed"):
        pair.file()


def test_the_second_to_save_sees_the_first(pair: Pair, session: Session) -> None:
    pair.save(Remarks(positives="Clean"), Section.REMARKS)
    with pytest.raises(reports.Clash) as clash:
        pair.save(Remarks(positives="Warm"), Section.REMARKS, by=pair.other)
    assert clash.value.theirs is not None
    assert clash.value.theirs.answers["positives"] == "Clean"
    pair.save(Remarks(positives="Warm"), Section.REMARKS, version=clash.value.theirs.version, by=pair.other)
    assert saved_parts(session, pair.visit.id)[Section.REMARKS].answers["positives"] == "Warm"


def test_both_may_add_people_at_once_but_nobody_twice(pair: Pair, session: Session) -> None:
    note = ContactNote(custody_number="EU/1/26", was_seen=True)
    assert pair.add(note, "contact") == "contact-1"
    second = ContactNote(custody_number="EU/2/26", was_seen=True)
    assert pair.add(second, "contact", by=pair.other) == "contact-2"
    with pytest.raises(reports.Refused, match="in the report already"):
        pair.add(ContactNote(custody_number="eu/1/26", was_seen=True), "contact")
    reports.remove(session, pair.visit.id, "contact-1", by=pair.one, at=NOW)
    assert list(saved_parts(session, pair.visit.id)) == ["contact-2"]
    with pytest.raises(reports.Clash, match="removed this"):
        pair.save(note, "contact-1", version=1, by=pair.other)


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


def test_findings_enter_the_record_in_the_state_they_were_left_in(pair: Pair, session: Session) -> None:
    pair.save_all()
    pair.save(Remarks(saw_serious=True), Section.REMARKS, version=1)
    for settled, is_serious in (
        (Settled.PUT_RIGHT, False),
        (Settled.ALREADY_ACTIONED, False),
        (Settled.NEEDS_REPLY, False),
        (Settled.PUT_RIGHT, True),
    ):
        pair.add(
            FindingNote(
                category="conditions",
                detail=f"No blanket, {settled} {is_serious}",
                settled=settled,
                put_right_by="The sergeant brought one",
                is_serious=is_serious,
            ),
            "finding",
        )
    pair.file()
    found = session.execute(sa.select(Finding.reference, Finding.state).order_by(Finding.reference)).all()
    assert found == [
        ("V001-1", FindingState.RESOLVED_AT_VISIT),
        ("V001-2", FindingState.ALREADY_ACTIONED),
        ("V001-3", FindingState.RAISED),
        ("V001-4", FindingState.RAISED),
    ]
    assert set(session.scalars(sa.select(Finding.raised_on))) == {TODAY}
    assert session.scalars(sa.select(Finding.put_on)).all() == [None] * 4
    events = session.scalars(sa.select(FindingEvent)).all()
    assert {event.kind for event in events} == {EventKind.RAISED}
    assert "The sergeant brought one" in events[0].text


def test_something_serious_is_told_to_the_coordinators_without_saying_what(
    pair: Pair, make: Workshop, session: Session
) -> None:
    coordinators = [make.account(Role.COORDINATOR), make.account(Role.COORDINATOR)]
    make.account(Role.COORDINATOR, closed_at=NOW)
    pair.save_all()
    pair.save(Remarks(saw_serious=True), Section.REMARKS, version=1)
    said = "Left without water for a night"
    pair.add(
        FindingNote(category="welfare", detail=said, settled=Settled.NEEDS_REPLY, is_serious=True), "finding"
    )
    receipt = pair.file()
    letters = session.scalars(sa.select(Letter)).all()
    assert {letter.to_email for letter in letters} == {account.email for account in coordinators}
    assert all(receipt.reference in letter.body for letter in letters)
    assert not any(said in letter.body for letter in letters)


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


def test_the_coordinator_enters_what_came_on_paper(pair: Pair, make: Workshop, session: Session) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    receipt = reports.enter_from_paper(
        session, pair.visit.id, Arrival(**COMPLETED), Headcount(in_custody=0), by=coordinator, at=NOW
    )
    report = session.scalars(sa.select(Report)).one()
    assert report.content is not None
    assert report.content["from_paper"] is True
    assert session.get_one(Visit, pair.visit.id).outcome is Outcome.COMPLETED
    assert pair.file().reference == receipt.reference
    with pytest.raises(reports.NotOpen):
        reports.enter_from_paper(
            session, pair.visit.id, Arrival(**COMPLETED), EMPTY_SUITE, by=coordinator, at=NOW
        )


def test_counts_from_paper_are_held_to_the_same_rules(pair: Pair, make: Workshop, session: Session) -> None:
    with pytest.raises(reports.Incomplete) as incomplete:
        reports.enter_from_paper(
            session,
            pair.visit.id,
            Arrival(outcome=Outcome.COMPLETED, arrived_at=datetime(2026, 4, 1, tzinfo=UTC)),
            Headcount(in_custody=4),
            by=make.actor(Role.COORDINATOR),
            at=NOW,
        )
    fields = {fault.field for _, fault in incomplete.value.missing}
    assert fields == {"arrived_at", "admitted_at", "left_at", "why_not_adding_up"}


def test_children_splits_themes_and_what_showed_a_finding_are_kept_where_figures_ask(
    pair: Pair, session: Session
) -> None:
    split = {"in_custody_older_child": 1, "accepted_female": 1, "offered_adult": 9}
    why = "One of them came in while we counted"
    counts = Headcount(in_custody=2, offered=2, accepted=2, split=split, why_not_adding_up=why)
    pair.save_all(headcount=counts)
    for number, is_child in (("EU/1/26", True), ("EU/2/26", False)):
        pair.add(ContactNote(custody_number=number, was_seen=True, is_child=is_child), "contact")
    finding = FindingNote(
        category="welfare",
        detail="No blanket",
        settled=Settled.PUT_RIGHT,
        put_right_by="The sergeant",
        check="contact.bedding",
        themes=("menstrual care", "strip search"),
    )
    pair.save(finding, "finding-1")
    pair.file()
    kept = session.execute(sa.select(VisitCount.counted, VisitCount.people, VisitCount.number)).all()
    assert {(counted, people.value): number for counted, people, number in kept} == {
        ("in_custody", "adult"): 1,
        ("in_custody", "older_child"): 1,
        ("in_custody", "younger_child"): 0,
        ("accepted", "male"): 1,
        ("accepted", "female"): 1,
        ("accepted", "other"): 0,
    }, "what does not add up stays in the report"
    children = session.scalars(sa.select(Contact.custody_number).where(Contact.is_child)).all()
    assert children == ["EU/1/26"]
    stored = session.scalars(sa.select(Finding)).one()
    assert (stored.check, stored.put_right_by) == ("contact.bedding", "The sergeant")
    themes = session.scalars(sa.select(FindingTheme.theme).order_by(FindingTheme.theme)).all()
    assert themes == ["menstrual care", "strip search"]


def test_a_partner_who_did_not_come_waits_for_the_coordinator_until_the_visit_is_missed(
    pair: Pair, make: Workshop, session: Session
) -> None:
    told = AbsentNote(words="I waited at the door")
    reports.tell_of_absence(session, pair.visit.id, told, version=0, by=pair.one, at=NOW)
    assert [(one.what, one.subject_id) for one in reports_due(session, Choices(), TODAY)] == [
        ("A partner did not come", pair.visit.id)
    ]
    with pytest.raises(reports.Clash):
        reports.tell_of_absence(session, pair.visit.id, told, version=0, by=pair.other, at=NOW)
    office = make.actor(Role.COORDINATOR)
    record_missed(session, pair.visit.id, reports.DID_NOT_COME, by=office, at=NOW)
    assert list(reports_due(session, Choices(), TODAY)) == []


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
