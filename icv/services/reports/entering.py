"""What the register, and so every figure, keeps of a report: times, counts, contacts and findings."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.findings import EventKind
from icv.rules.references import next_reference
from icv.rules.report import ContactNote, Draft, FindingNote, Section
from icv.rules.report.split import rows
from icv.rules.visits import TO_DETAINEES, Counts
from icv.services.findings.events import keep_event
from icv.services.reports.strands import enter_strand
from icv.store.findings import Finding, FindingTheme
from icv.store.visits import Contact, Report, Visit, VisitCount


def enter(session: Session, visit: Visit, draft: Draft) -> None:
    """What the register of visits, and so every figure, keeps of a report."""
    if visit.kind not in TO_DETAINEES:
        enter_strand(session, visit, draft)
        return
    arrival = draft.arrival.pruned
    visit.outcome = arrival.outcome
    visit.mode = arrival.mode or visit.mode
    visit.arrived_at, visit.admitted_at = arrival.arrived_at, arrival.admitted_at
    visit.left_at = arrival.left_at
    counts = draft.headcount.counts if Section.COUNTS in draft.sections else None
    if counts:
        for name, number in asdict(counts).items():
            setattr(visit, name, number)
        keep_split(session, visit, draft.headcount.split, counts)
    visit.reason = arrival.reason or (draft.headcount.why_not_adding_up if counts else "")


def keep_split(session: Session, visit: Visit, split: Mapping[str, int], counts: Counts) -> None:
    """Counts by age and sex, those that add up; the others are in the report, with their reason."""
    session.execute(sa.delete(VisitCount).where(VisitCount.visit_id == visit.id))
    for counted, _, people in rows(split, counts):
        if sum(people.values()) == getattr(counts, counted) and min(people.values()) >= 0:
            session.add_all(
                VisitCount(visit_id=visit.id, counted=counted, people=group, number=number)
                for group, number in people.items()
            )


def keep_contacts(session: Session, report: Report, draft: Draft) -> None:
    if Section.CONTACTS not in draft.sections:
        return
    session.add_all(_contact(report, contact) for contact in draft.contacts.values())


def _contact(report: Report, contact: ContactNote) -> Contact:
    return Contact(
        report_id=report.id,
        custody_number=contact.custody_number,
        was_seen=bool(contact.was_seen),
        why_not_seen=contact.why_not_seen or "",
        consents_to_talk=contact.consents_to_talk,
        consents_to_record=contact.consents_to_record,
        checks=dict(contact.checks),
        remarks=contact.remarks,
        is_child=contact.is_child,
        is_vulnerable=contact.is_vulnerable,
    )


def keep_findings(session: Session, visit: Visit, draft: Draft, *, by: Actor, at: datetime) -> None:
    raised_on = draft.made_on or london_day(at)
    taken = set(session.scalars(sa.select(Finding.reference).where(Finding.visit_id == visit.id)))
    for finding in draft.findings.values():
        reference = next_reference(f"{visit.reference}-", taken)
        taken.add(reference)
        kept = _finding(visit, reference, finding, raised_on)
        session.add(kept)
        session.flush()
        session.add_all(FindingTheme(finding_id=kept.id, theme=theme) for theme in finding.themes)
        keep_event(session, kept.id, EventKind.RAISED, finding.what_became, by=by, at=at, on=raised_on)


def _finding(visit: Visit, reference: str, finding: FindingNote, raised_on: date) -> Finding:
    return Finding(
        reference=reference,
        visit_id=visit.id,
        category=finding.category,
        state=finding.state,
        is_serious=finding.is_serious,
        detail=finding.detail,
        raised_on=raised_on,
        check=finding.check,
        put_right_by=finding.put_right_by,
    )
