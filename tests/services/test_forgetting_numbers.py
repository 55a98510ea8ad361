"""Custody numbers go once they are kept long enough; what was seen, and every count, stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.digests import digest_of
from icv.rules.findings import EventKind
from icv.rules.report.forgetting import numbers_in, stand_ins, without_numbers, words_without
from icv.rules.scheme import Choices
from icv.rules.signing import SubmissionState
from icv.rules.visits import Outcome
from icv.services.sweeping import sweep
from icv.store.findings import Finding, FindingEvent, PublishedFinding
from icv.store.trail import TrailEntry
from icv.store.visits import Addendum, Contact, Report, ReportSection, Submission, Visit
from tests.workshop import NOW, TODAY, Workshop

NUMBERS = ("EU/01234/26", "EU/09999/26")
KEPT = Choices().custody_numbers_kept_days


def test_a_number_is_found_wherever_answers_hold_it() -> None:
    sent = {"parts": {"contact-1": {"custody_number": ["EU/1/26"]}}, "contacts": [{"custody_number": "X 22"}]}
    assert numbers_in(sent) == ["EU/1/26", "X 22"]


def test_short_numbers_go_from_their_field_and_stay_in_words() -> None:
    known = stand_ins(["12", NUMBERS[0]])
    left = without_numbers(
        {"custody_number": "12", "remarks": f"Cell 12, {NUMBERS[0].lower()}; X{NUMBERS[0]}"}, known
    )
    assert left == {"custody_number": "person 1", "remarks": f"Cell 12, person 2; X{NUMBERS[0]}"}


def test_forgetting_twice_changes_nothing() -> None:
    known = stand_ins(NUMBERS)
    once = without_numbers({"custody_number": NUMBERS[1]}, known)
    assert without_numbers(once, stand_ins(numbers_in(once))) == once == {"custody_number": "person 2"}
    assert words_without("nothing here", known) == "nothing here"


def test_two_people_never_become_one() -> None:
    known = stand_ins([NUMBERS[0], "person 1", NUMBERS[1]])
    assert known == {NUMBERS[0]: "person 2", "person 1": "person 1", NUMBERS[1]: "person 3"}


@pytest.fixture
def report(session: Session, make: Workshop) -> Report:
    """Of a visit whose week ended the day before the first that is still kept."""
    visit = make.visit(make.suite(), week=TODAY - timedelta(days=KEPT + 7))
    visit.week_ends_on = TODAY - timedelta(days=KEPT + 1)
    visit.outcome, visit.in_custody, visit.reason = Outcome.COMPLETED, 2, f"With {NUMBERS[0]}"
    content = {
        "contacts": [{"custody_number": number, "remarks": f"as {NUMBERS[0]}"} for number in NUMBERS],
        "counts": {"in_custody": 2},
    }
    report = make.keep(
        Report(
            visit_id=visit.id,
            begun_at=NOW,
            filed_at=NOW,
            reference="R-1",
            content=content,
            digest=digest_of(content),
        )
    )
    for number in NUMBERS:
        make.keep(
            Contact(
                report_id=report.id,
                custody_number=number,
                was_seen=True,
                checks={},
                remarks=f"{number} is cold",
            )
        )
    make.keep(Addendum(report_id=report.id, words=f"About {NUMBERS[1]}", made_at=NOW))
    finding = make.finding(visit, detail=f"{NUMBERS[0]} had no blanket")
    make.keep(
        FindingEvent(
            finding_id=finding.id, kind=EventKind.NOTE, on=TODAY, text=f"Ask after {NUMBERS[0]}", made_at=NOW
        )
    )
    said = {"comment": f"{NUMBERS[0]} was cold", "reply": f"{NUMBERS[0]} was given a blanket"}
    make.keep(PublishedFinding(finding_id=finding.id, published_on=TODAY, **said))
    make.keep(
        Submission(
            submission_id="one",
            digest="d",
            visit_id=visit.id,
            state=SubmissionState.APART,
            form_version=2,
            content={"parts": {"contact-1": {"custody_number": "EU/55555/26"}}},
            received_at=NOW,
        )
    )
    return report


def test_every_place_forgets_and_every_count_stays(session: Session, report: Report) -> None:
    filed_as = report.digest
    sweep(session, at=NOW)
    session.flush()
    session.expire_all()

    visit = session.get_one(Visit, report.visit_id)
    kept = [
        report.content, visit.reason, *session.scalars(sa.select(Submission.content)),
        *session.scalars(sa.select(Contact.custody_number)), *session.scalars(sa.select(Contact.remarks)),
        *session.scalars(sa.select(Addendum.words)), *session.scalars(sa.select(Finding.detail)),
        *session.scalars(sa.select(FindingEvent.text)),
        *session.execute(sa.select(PublishedFinding.comment, PublishedFinding.reply)),
    ]  # fmt: skip
    assert "EU/" not in str(kept)
    assert list(session.scalars(sa.select(Contact.custody_number).order_by(Contact.id))) == [
        "person 1",
        "person 2",
    ]
    assert visit.in_custody == 2
    assert report.content
    assert report.content["counts"] == {"in_custody": 2}
    assert (report.digest, report.digest_of_rest) == (filed_as, digest_of(report.content))
    assert report.numbers_removed_on == TODAY


def test_a_visit_within_the_days_keeps_its_numbers(session: Session, report: Report) -> None:
    visit = session.get_one(Visit, report.visit_id)
    visit.week_ends_on += timedelta(days=1)
    session.flush()
    sweep(session, at=NOW)
    assert set(session.scalars(sa.select(Contact.custody_number))) == set(NUMBERS)


def test_a_draft_that_was_never_sent_forgets_too(session: Session, report: Report, make: Workshop) -> None:
    report.filed_at = report.content = report.digest = None
    answers = {"custody_number": "EU/77777/26"}
    make.keep(ReportSection(report_id=report.id, name="contact-1", answers=answers, version=1, saved_at=NOW))
    sweep(session, at=NOW)
    assert "EU/" not in str(session.scalars(sa.select(ReportSection.answers)).all())


def test_a_copy_of_a_missed_visit_forgets_too(session: Session, make: Workshop) -> None:
    visit = make.visit(make.suite(), week=TODAY - timedelta(days=KEPT + 14), outcome=Outcome.MISSED)
    sent = {"parts": {"contact-1": {"custody_number": "EU/66666/26", "remarks": "eu/66666/26 was cold"}}}
    copy = make.keep(
        Submission(
            submission_id="two",
            digest="d",
            visit_id=visit.id,
            state=SubmissionState.APART,
            form_version=3,
            content=sent,
            received_at=NOW,
        )
    )
    sweep(session, at=NOW)
    sweep(session, at=NOW)
    assert copy.content == {
        "parts": {"contact-1": {"custody_number": "person 1", "remarks": "person 1 was cold"}}
    }
    noted = session.execute(
        sa.select(TrailEntry.subject, TrailEntry.subject_id).where(TrailEntry.act == "forget custody numbers")
    )
    assert noted.all() == [("visit", visit.id)]
