"""What enters the record with a report: from paper too."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.rules.report import (
    AbsentNote,
    Arrival,
    ContactNote,
    FindingNote,
    Headcount,
    Remarks,
    Section,
    Settled,
)
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome
from icv.services import reports
from icv.services.visits import record_missed
from icv.store.findings import Finding, FindingEvent, FindingTheme
from icv.store.letters import Letter
from icv.store.today.visits import reports_due
from icv.store.visits import Contact, Report, Visit, VisitCount
from tests.services.reports.conftest import COMPLETED, EMPTY_SUITE, Pair
from tests.workshop import NOW, TODAY, Workshop


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
