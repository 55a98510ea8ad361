"""A report is saved part by part by its pair, filed once, and entered in the register."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.digests import digest_of
from icv.rules.report import (
    ContactNote,
    Headcount,
    Remarks,
    Section,
    Three,
    WhyNotSeen,
)
from icv.rules.visits import DutyState, Mode, Outcome
from icv.services import reports
from icv.store.reports import report_seen_by, saved_parts
from icv.store.trail import TrailEntry
from icv.store.visits import Contact, Report, ReportSection, Visit
from tests.services.reports.conftest import ARRIVED, Pair
from tests.workshop import NOW, TODAY, Workshop


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
