"""Removing custody numbers from reports that are older than the scheme keeps them; all else stays."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from icv.rules.days import london_day
from icv.rules.digests import digest_of
from icv.rules.report.forgetting import numbers_in, stand_ins, without_numbers, words_without
from icv.store.findings import Finding, FindingEvent, PublishedFinding
from icv.store.scheme import choices_on
from icv.store.trail import note
from icv.store.visits import Addendum, Contact, Countersign, Report, ReportSection, Submission, Visit

MOST_AT_ONCE = 200
"""Visits a round: a transaction that everyone waits for ends soon, and the next hour goes on."""


def forget_numbers(session: Session, *, at: datetime) -> int:
    """How many visits were freed of their custody numbers, of those older than the scheme keeps them.

    A report keeps the digest of what was filed, and gets another of what is left. Drafts that were never
    sent and copies kept apart lose the numbers with it.
    """
    today = london_day(at)
    last_kept = today - timedelta(days=choices_on(session, today).custody_numbers_kept_days)
    visits = session.scalars(
        sa.select(Visit.id)
        .join(Report, Report.visit_id == Visit.id)
        .where(Report.numbers_removed_on.is_(None), Visit.week_ends_on < last_kept)
        .order_by(Visit.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for visit_id in visits:
        _forget(session, visit_id, today)
        note(session, "forget custody numbers", "visit", visit_id, by=None, at=at)
    _forget_in_copies_without_report(session, last_kept, at)
    return len(visits)


def _forget_in_copies_without_report(session: Session, last_kept: date, at: datetime) -> None:
    """Sent for a visit that was missed or called off. They are few, so each is looked at every time."""
    copies = session.scalars(
        sa.select(Submission)
        .join(Visit, Visit.id == Submission.visit_id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .where(Report.id.is_(None), Visit.week_ends_on < last_kept, Submission.content.is_not(None))
    )
    for copy in copies:
        rest = without_numbers(copy.content, stand_ins(numbers_in(copy.content)))
        if rest != copy.content:
            copy.content = rest
            note(session, "forget custody numbers", "visit", copy.visit_id, by=None, at=at, copy=copy.id)


def _forget(session: Session, visit_id: int, today: date) -> None:
    report = session.scalars(sa.select(Report).where(Report.visit_id == visit_id).with_for_update()).one()
    drafts = session.scalars(sa.select(ReportSection).where(ReportSection.report_id == report.id)).all()
    copies = session.scalars(sa.select(Submission).where(Submission.visit_id == visit_id)).all()
    contacts = session.scalars(
        sa.select(Contact).where(Contact.report_id == report.id).order_by(Contact.id)
    ).all()
    everything = [
        *(contact.custody_number for contact in contacts),
        *numbers_in(
            [report.content, *(draft.answers for draft in drafts), *(copy.content for copy in copies)]
        ),
    ]
    known = stand_ins(dict.fromkeys(everything))
    for contact in contacts:
        contact.custody_number = known[contact.custody_number]
        contact.remarks = words_without(contact.remarks, known)
    for draft in drafts:
        draft.answers = without_numbers(draft.answers, known)
    for copy in copies:
        copy.content = without_numbers(copy.content, known)
    if report.content is not None:
        report.content = without_numbers(report.content, known)
        report.digest_of_rest = digest_of(report.content)
    report.numbers_removed_on = today
    _forget_in_words(session, report.id, visit_id, known)
    session.flush()


def _forget_in_words(session: Session, report_id: int, visit_id: int, known: Mapping[str, str]) -> None:
    findings = sa.select(Finding.id).where(Finding.visit_id == visit_id)
    places: tuple[tuple[type[Any], InstrumentedAttribute[str], sa.ColumnElement[bool]], ...] = (
        (Finding, Finding.detail, Finding.visit_id == visit_id),
        (Finding, Finding.put_right_by, Finding.visit_id == visit_id),
        (FindingEvent, FindingEvent.text, FindingEvent.finding_id.in_(findings)),
        (PublishedFinding, PublishedFinding.comment, PublishedFinding.finding_id.in_(findings)),
        (PublishedFinding, PublishedFinding.reply, PublishedFinding.finding_id.in_(findings)),
        (Addendum, Addendum.words, Addendum.report_id == report_id),
        (Countersign, Countersign.words, Countersign.report_id == report_id),
        (Visit, Visit.reason, Visit.id == visit_id),
    )
    for table, words, which in places:
        for row in session.scalars(sa.select(table).where(which, words != "")):
            setattr(row, words.key, words_without(getattr(row, words.key), known))
