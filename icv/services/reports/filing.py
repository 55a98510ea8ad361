"""Filing: one report a visit, whoever sends it and however often, entered with its findings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.digests import digest_of
from icv.rules.report import (
    FORM_VERSION,
    Draft,
    references,
)
from icv.rules.signing import Signed
from icv.rules.visits import HELD
from icv.services.reports.drafts import (
    draft_of,
    frame_of,
    holds_duty,
    locked_visit,
    open_report,
    report_row,
)
from icv.services.reports.entering import enter, keep_contacts, keep_findings
from icv.services.reports.errors import Incomplete
from icv.services.reports.signing import sign_for
from icv.services.reports.telling import tell_of_serious
from icv.store.reports import on_probation, saved_parts
from icv.store.sealed import forget
from icv.store.trail import note
from icv.store.visits import Duty, Report, ReportSection, Visit


@dataclass(frozen=True, slots=True)
class Receipt:
    """Of a filed report. `is_new` is False where it had been filed before: by a partner, or a first press."""

    reference: str
    filed_at: datetime
    is_new: bool


def file(
    session: Session, visit_id: int, *, by: Actor, at: datetime, is_signed_together: bool = False
) -> Receipt:
    """Files the draft of the visit. The first to come files it, everyone after gets the same receipt.

    `is_signed_together`: both have read it, says the one who files it.

    Raises Incomplete with what is missing, NotOpen when the report is not this person's to send.
    """
    visit = locked_visit(session, visit_id)
    filed = report_row(session, visit)
    if filed and filed.filed_at and filed.reference and holds_duty(session, visit, by):
        return Receipt(filed.reference, filed.filed_at, is_new=False)
    report = open_report(session, visit, by=by, at=at)
    frame = frame_of(session, visit, at)
    pair = on_probation(session, visit_id, frame.week)
    draft = draft_of(saved_parts(session, visit_id), pair, frame.questions)
    if missing := draft.missing(frame):
        raise Incomplete(missing)
    receipt = file_draft(session, visit, report, draft, draft.content(), by=by, at=at)
    if is_signed_together:
        sign_for(session, visit, report, Signed.TOGETHER, by=by, at=at)
    return receipt


def file_draft(
    session: Session,
    visit: Visit,
    report: Report,
    draft: Draft,
    content: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Files the complete draft of a locked visit as its report, and enters it in the register."""
    receipt = _file(session, visit, report, content, by=by, at=at)
    enter(session, visit, draft)
    keep_contacts(session, report, draft)
    keep_findings(session, visit, draft, by=by, at=at)
    session.execute(sa.delete(ReportSection).where(ReportSection.report_id == report.id))
    if any(finding.is_serious for finding in draft.findings.values()):
        tell_of_serious(session, visit, receipt.reference, at=at)
    session.flush()
    return receipt


def _file(
    session: Session, visit: Visit, report: Report, content: dict[str, Any], *, by: Actor, at: datetime
) -> Receipt:
    held = session.scalars(
        sa.select(Duty.person_id).where(Duty.visit_id == visit.id, Duty.state.in_(HELD)).order_by(Duty.place)
    )
    report.content = {**content, "visit": visit.reference, "visitors": list(held)}
    report.form_version, report.digest = FORM_VERSION, digest_of(report.content)
    report.reference = _free_reference(session, report.digest, visit.reference)
    report.filed_at, report.filed_by_id = at, by.account_id
    forget(session, visit.id, at=at)  # the report says when they came: nothing is sealed any more
    note(session, "file report", "visit", visit.id, by=by.account_id, at=at, digest=report.digest)
    return Receipt(report.reference, at, is_new=True)


def _free_reference(session: Session, digest: str, visit_reference: str) -> str:
    return next(
        reference
        for reference in references(digest, visit_reference)
        if not session.scalar(sa.select(sa.exists().where(Report.reference == reference)))
    )
