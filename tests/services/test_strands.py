"""Record reviews and dog-welfare visits: planned, reported by one or two, and counted apart."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.findings import FindingState
from icv.rules.report import (
    Arrival,
    DayNote,
    DogsNote,
    FindingNote,
    FindingsNote,
    Headcount,
    Part,
    RecordNote,
    Remarks,
    Settled,
    Three,
)
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome, VisitKind
from icv.services import reports, strands
from icv.store.duties import duties_seen_by
from icv.store.findings import Finding
from icv.store.letters import Letter
from icv.store.reports import report_of
from icv.store.strands import (
    strand_checks,
    strand_counts,
    strand_counts_of,
    strand_visit,
    strand_visits,
    strands_waiting,
)
from icv.store.suites import Suite
from icv.store.visits import Duty, Report, Visit
from tests.workshop import NOW, TODAY, Workshop

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
NOTHING_RAISED = FindingsNote(nothing_to_raise=True)
CALM = Remarks(saw_serious=False)


class Office:
    """A suite, a coordinator and a visitor, and what they do."""

    def __init__(self, make: Workshop) -> None:
        self.make, self.session = make, make.session
        self.suite: Suite = make.suite("Euston Street")
        self.coordinator, self.person = make.actor(Role.COORDINATOR), make.person(name="Ann Hart")
        self.visitor = make.actor(Role.VOLUNTEER, person=self.person)

    def plan(self, kind: VisitKind, *visitor_ids: int, day: date = TODAY, place: str = "") -> Visit:
        asked = strands.Plan(kind, self.suite.id, day, visitor_ids or (self.person.id,), place)
        return strands.plan(self.session, asked, choices=Choices(), by=self.coordinator, at=NOW)

    def file(self, visit: Visit, parts: Mapping[str, Part], by: Actor | None = None) -> reports.Receipt:
        for name, part in parts.items():
            reports.save(self.session, visit.id, name, part, version=0, by=by or self.visitor, at=NOW)
        return reports.file(self.session, visit.id, by=by or self.visitor, at=NOW)

    def reviewed(self, *records: Mapping[str, Three], **more: Any) -> Visit:
        visit = self.plan(VisitKind.RECORD_REVIEW, **more)
        read = {
            f"record-{number}": RecordNote(custody_number=f"S{number}", checks=checks)
            for number, checks in enumerate(records, 1)
        }
        self.file(visit, {"day": DayNote(on=TODAY), **read, "findings": NOTHING_RAISED, "remarks": CALM})
        return visit


@pytest.fixture
def office(make: Workshop) -> Office:
    return Office(make)


def test_a_review_counts_its_records_and_each_check_of_them(office: Office, session: Session) -> None:
    office.reviewed({"rights": Three.YES, "meals": Three.NO}, {"rights": Three.YES}, {"rights": Three.NO})
    figures = strand_counts(session, QUARTER)
    assert (figures[VisitKind.RECORD_REVIEW].visits, figures[VisitKind.RECORD_REVIEW].number) == (1, 3)
    assert figures[VisitKind.DOG_WELFARE].visits == 0
    shares = strand_checks(session, VisitKind.RECORD_REVIEW, QUARTER)
    assert [one.title for one in shares] == [check.title for check in Choices().record_checks]
    assert [(one.yes, one.no, one.unsaid, one.asked) for one in shares if one.title.startswith("Rights")] == [
        (2, 1, 0, 3)
    ]
    assert [(one.yes, one.no, one.unsaid) for one in shares if one.title.startswith("Meals")] == [(0, 1, 2)]


def test_a_visit_with_no_dog_there_is_a_visit(office: Office, session: Session) -> None:
    visit = office.plan(VisitKind.DOG_WELFARE, place="The force’s kennels, Enderby")
    parts = {"day": DayNote(on=TODAY), "dogs": DogsNote(seen=0), "findings": NOTHING_RAISED, "remarks": CALM}
    receipt = office.file(visit, parts)
    assert receipt.is_new
    found = strand_counts(session, QUARTER)[VisitKind.DOG_WELFARE]
    assert (found.visits, found.number) == (1, 0)
    line = strand_visits(session, VisitKind.DOG_WELFARE, page=1, size=9)[0]
    assert (line.place, line.made_on, line.number) == ("The force’s kennels, Enderby", TODAY, 0)
    report = report_of(session, visit.id)
    assert report is not None
    assert report.suite == "The force’s kennels, Enderby"


def test_a_review_of_no_record_is_not_a_review(office: Office) -> None:
    visit = office.plan(VisitKind.RECORD_REVIEW)
    with pytest.raises(reports.Incomplete) as refusal:
        office.file(visit, {"day": DayNote(on=TODAY), "findings": NOTHING_RAISED, "remarks": CALM})
    assert [fault.sentence for _, fault in refusal.value.missing] == [
        "Enter each record you read, at least one"
    ]


@pytest.mark.parametrize(
    ("name", "part", "field"),
    [
        ("day", DayNote(on=TODAY + timedelta(days=1)), "on"),
        ("day", DayNote(on=TODAY - timedelta(days=30)), "on"),
        ("dogs", DogsNote(seen=-1), "seen"),
        ("dogs", DogsNote(seen=501), "seen"),
        ("record-1", RecordNote(custody_number="John Smith"), "custody_number"),
        ("record-1", RecordNote(custody_number="12" * 11), "custody_number"),
        ("record-1", RecordNote(), "custody_number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    office: Office, name: str, part: Part, field: str
) -> None:
    visit = office.plan(VisitKind.DOG_WELFARE)
    with pytest.raises(reports.Refused) as refusal:
        reports.save(office.session, visit.id, name, part, version=0, by=office.visitor, at=NOW)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_record_is_entered_once(office: Office) -> None:
    visit = office.plan(VisitKind.RECORD_REVIEW)
    record, again = RecordNote(custody_number="S1"), RecordNote(custody_number="s1", remarks="Again")
    reports.add(office.session, visit.id, "record", record, by=office.visitor, at=NOW)
    with pytest.raises(reports.Refused):
        reports.add(office.session, visit.id, "record", again, by=office.visitor, at=NOW)


def test_what_is_found_goes_to_the_police_like_any_finding(office: Office, session: Session) -> None:
    visit = office.plan(VisitKind.DOG_WELFARE)
    finding = FindingNote(category="conditions", detail="No water", settled=Settled.NEEDS_REPLY)
    parts = {"day": DayNote(on=TODAY), "dogs": DogsNote(seen=4), "finding-1": finding, "remarks": CALM}
    office.file(visit, parts)
    kept = session.query(Finding).one()
    assert (kept.visit_id, kept.state, kept.raised_on) == (visit.id, FindingState.RAISED, TODAY)


def test_the_filed_report_keeps_the_words_of_its_checks(office: Office, session: Session) -> None:
    visit = office.reviewed({"rights": Three.YES})
    report = session.query(Report).filter_by(visit_id=visit.id).one()
    assert report.content is not None
    assert report.content["kind"] == "record_review"
    assert report.content["form"]["record_checks"]["meals"] == "Meals and drinks offered and written down"
    assert "arrival" not in report.content


def test_only_somebody_cleared_may_be_given_one(office: Office, make: Workshop) -> None:
    waiting = make.person(Stage.TRAINING, name="Not Yet")
    with pytest.raises(strands.StrandError, match="Not Yet is not cleared to visit") as refusal:
        office.plan(VisitKind.RECORD_REVIEW, office.person.id, waiting.id)
    assert refusal.value.field == "visitor_2"


@pytest.mark.parametrize("days", [-400, 400])
def test_a_day_more_than_a_year_off_is_refused(office: Office, days: int) -> None:
    with pytest.raises(strands.StrandError, match="within a year"):
        office.plan(VisitKind.RECORD_REVIEW, day=TODAY + timedelta(days=days))


def test_nobody_is_given_both_places(office: Office) -> None:
    with pytest.raises(strands.StrandError, match="two different visitors"):
        office.plan(VisitKind.DOG_WELFARE, office.person.id, office.person.id)


def test_the_same_one_planned_twice_is_refused(office: Office) -> None:
    office.plan(VisitKind.DOG_WELFARE)
    office.plan(VisitKind.RECORD_REVIEW)
    with pytest.raises(strands.StrandError, match="waits for its report already"):
        office.plan(VisitKind.DOG_WELFARE)


def test_its_visitor_is_told_and_finds_it_among_their_duties(office: Office, session: Session) -> None:
    office.plan(VisitKind.RECORD_REVIEW, day=TODAY + timedelta(days=7))
    duties = duties_seen_by(session, office.visitor, on=TODAY, contact_days=14)
    assert [(duty.strand, duty.state) for duty in duties] == [("Record review", DutyState.ACCEPTED)]
    assert not duties[0].may_agree_time(TODAY)
    assert [letter.subject for letter in session.query(Letter)] == ["A record review is yours"]


def test_one_of_last_month_is_recorded_without_a_letter(office: Office, session: Session) -> None:
    office.plan(VisitKind.RECORD_REVIEW, day=TODAY - timedelta(days=30))
    assert session.query(Letter).count() == 0


def test_calling_one_off_frees_its_visitors_and_counts_nowhere(office: Office, session: Session) -> None:
    visit = office.plan(VisitKind.DOG_WELFARE)
    strands.call_off(session, visit.id, "The kennels are closed", by=office.coordinator, at=NOW)
    assert (visit.outcome, visit.cancelled_on) == (Outcome.CANCELLED, TODAY)
    assert [duty.state for duty in session.query(Duty)] == [DutyState.RELEASED]
    assert strand_counts(session, QUARTER)[VisitKind.DOG_WELFARE].visits == 0
    with pytest.raises(strands.StrandError, match="already"):
        strands.call_off(session, visit.id, "Again", by=office.coordinator, at=NOW)


def test_another_visitor_takes_it_and_whoever_stays_keeps_their_duty(office: Office, make: Workshop) -> None:
    visit, other = office.plan(VisitKind.DOG_WELFARE), make.person()
    kept = office.session.query(Duty).one().uid
    act = {"choices": Choices(), "by": office.coordinator, "at": NOW}
    strands.change_visitors(office.session, visit.id, [office.person.id, other.id], **act)
    strands.change_visitors(office.session, visit.id, [office.person.id], **act)
    held = [duty for duty in office.session.query(Duty) if duty.state is DutyState.ACCEPTED]
    assert [duty.uid for duty in held] == [kept]
    found = strand_visit(office.session, visit.id)
    assert found is not None
    assert found.visitor_ids == (office.person.id,)


def test_a_visit_to_detainees_is_neither_listed_nor_changed_here(office: Office, make: Workshop) -> None:
    visit = make.visit(office.suite)
    assert strand_visit(office.session, visit.id) is None
    with pytest.raises(strands.StrandError, match="rota"):
        strands.call_off(office.session, visit.id, "No", by=office.coordinator, at=NOW)


def test_times_and_counts_on_paper_do_not_make_one_a_visit(office: Office) -> None:
    visit = office.plan(VisitKind.DOG_WELFARE)
    with pytest.raises(reports.Incomplete):
        reports.enter_from_paper(
            office.session, visit.id, Arrival(), Headcount(), by=office.coordinator, at=NOW
        )


def test_what_is_overdue_or_has_nobody_waits_for_the_coordinator(office: Office, session: Session) -> None:
    late = office.plan(VisitKind.RECORD_REVIEW, day=TODAY - timedelta(days=14))
    coming = office.plan(VisitKind.DOG_WELFARE, day=TODAY + timedelta(days=7), place="Kennels")
    assert [one.id for one in strands_waiting(session, on=TODAY)] == [late.id]
    session.query(Duty).filter_by(visit_id=coming.id).update({"state": DutyState.DECLINED})
    found = strands_waiting(session, on=TODAY)
    assert [(one.id, one.place, one.has_visitor) for one in found] == [
        (late.id, "Euston Street", True),
        (coming.id, "Kennels", False),
    ]


def test_each_quarter_has_its_own(office: Office, session: Session) -> None:
    office.reviewed({}, {})
    before = Period(date(2025, 10, 1), date(2025, 12, 31))
    now, then = (one[VisitKind.RECORD_REVIEW] for one in strand_counts_of(session, [QUARTER, before]))
    assert (now.number, then.number) == (2, 0)
