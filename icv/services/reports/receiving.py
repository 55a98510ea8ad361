"""The whole report as a phone sends it, however often: filed once, kept apart, or told what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.report import Draft, Fault, Part, Remarks, Section
from icv.rules.signing import Signed, SubmissionState
from icv.services.reports.apart import keep_apart, keep_displaced, refuse_after_duty, says_no_more
from icv.services.reports.drafts import (
    draft_of,
    frame_of,
    holds_duty,
    locked_visit,
    open_report,
    refuse_faults,
    report_row,
)
from icv.services.reports.errors import NotOpen, Refused, ReportError
from icv.services.reports.filing import file_draft
from icv.services.reports.incoming import KeptDraft, Outcome, Saved, SentPart, laid_over
from icv.services.reports.signing import sign_for
from icv.store.reports import SavedPart, on_probation
from icv.store.submissions import held_duty_once
from icv.store.visits import Report, Submission, Visit

EARLIER_FORM = "From an earlier form, where today's has no place for it:"


@dataclass(frozen=True, slots=True)
class Sent:
    """A whole report as a phone sends it. `content` is what the digest was made of.

    `refused`: parts that could not be read, by name. `left_out`: what was typed into fields that today's
    form does not have, by part and field: it goes into the remarks. `is_signed_together`: both have read it.
    """

    submission_id: str
    digest: str
    form_version: int
    content: Mapping[str, Any]
    parts: Sequence[SentPart]
    refused: Mapping[str, Sequence[Fault]] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_signed_together: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What the phone may rely on. `reference` is that of the filed report, None where none is filed.

    `kept_apart`: what was sent is not the report; the coordinator has it and decides what is worth keeping.
    `no_longer_yours`: because the sender holds no duty on the visit any more.
    """

    submission_id: str
    digest: str
    reference: str | None
    received_at: datetime
    is_new: bool
    kept_apart: bool
    no_longer_yours: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that keeps a report from being filed. `name` is the part's, as it was sent."""

    name: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Lacking:
    """Nothing is filed: what is missing or cannot be. What could be saved of it is, as the draft."""

    missing: tuple[Missing, ...]
    parts: Mapping[str, Outcome]

    @property
    def is_saved(self) -> bool:
        return all(isinstance(outcome, Saved) for outcome in self.parts.values())


def receive_submission(
    session: Session, visit_id: int, sent: Sent, *, by: Actor, at: datetime
) -> Received | Lacking:
    """Files the report the phone sends, once, or says what it lacks.

    Parts that the partner saved and the phone does not mention go in with it. A part of the partner's that
    the phone had not seen gives way and is kept apart; so is the whole where another report was filed before,
    or the coordinator has recorded that there was no visit, or the sender has lost the duty meanwhile.
    The same submission again gets the first answer.
    Raises NotOpen before the visit's week, ReportError where it was another visit's.
    """
    visit = locked_visit(session, visit_id)
    if not holds_duty(session, visit, by):
        return _take_after_duty(session, visit, sent, by=by, at=at)
    report = report_row(session, visit)
    if known := _known(session, visit, sent):
        return _answer(known, report, is_new=False)
    if report and report.filed_at and _says_no_more(session, visit, report, sent, at=at):
        return _answer(_keep_filed(session, visit, sent, by=by, at=at), report, is_new=False)
    if visit.outcome is not None:
        row = _row(visit, sent, SubmissionState.APART, by=by, at=at)
        keep_apart(session, visit, row, by=by, at=at)
        return _answer(row, report, is_new=report is None)
    draft = KeptDraft(session, visit, open_report(session, visit, by=by, at=at), by=by, at=at)
    return _file_or_save(draft, sent)


def _known(session: Session, visit: Visit, sent: Sent) -> Submission | None:
    known = session.scalar(
        sa.select(Submission).where(
            Submission.submission_id == sent.submission_id, Submission.digest == sent.digest
        )
    )
    if known and known.visit_id != visit.id:
        raise ReportError("This was sent as the report of another visit.")
    return known


def _take_after_duty(session: Session, visit: Visit, sent: Sent, *, by: Actor, at: datetime) -> Received:
    """From whoever held a duty once: never the report. Of what became of the visit they learn nothing."""
    if not held_duty_once(session, by, visit.id):
        raise NotOpen("Only the two visitors of this visit can write its report.")
    row = _known(session, visit, sent)
    if is_new := row is None:
        refuse_after_duty(session, visit, by=by, at=at)
        row = _row(visit, sent, SubmissionState.APART, by=by, at=at)
        row.is_after_duty = True
        keep_apart(session, visit, row, by=by, at=at)
    is_own_report = row.state is SubmissionState.FILED and row.sent_by_id == by.account_id
    answer = _answer(row, report_row(session, visit) if is_own_report else None, is_new=is_new)
    return replace(answer, no_longer_yours=True)


def _says_no_more(session: Session, visit: Visit, report: Report, sent: Sent, *, at: datetime) -> bool:
    if sent.refused or sent.left_out:
        return False
    parts, _ = laid_over({}, sent.parts, {}, at=at)
    frame = frame_of(session, visit, at)
    draft = draft_of(parts, on_probation(session, visit.id, frame.week), frame.questions)
    return says_no_more(report.content or {}, draft)


def _file_or_save(draft: KeptDraft, sent: Sent) -> Received | Lacking:
    merged, names = draft.with_all(sent.parts)
    whole = draft_of(
        merged, on_probation(draft.session, draft.visit.id, draft.frame.week), draft.frame.questions
    )
    if missing := _missing(draft, sent, whole, merged, names):
        outcomes = draft.take_all(sent.parts)
        refused = {name: Refused(faults) for name, faults in sent.refused.items()}
        return Lacking(tuple(missing), {**outcomes, **refused})
    displaced = {
        name: theirs.answers for one in sent.parts if (theirs := draft.unseen(one, name := names[one.name]))
    }
    whole = _with_words(whole, sent.left_out)
    kept = draft.session, draft.visit, draft.report
    file_draft(*kept, whole, whole.content(), by=draft.by, at=draft.at)
    if sent.is_signed_together:
        sign_for(*kept, Signed.TOGETHER, by=draft.by, at=draft.at)
    row = _keep_filed(draft.session, draft.visit, sent, by=draft.by, at=draft.at)
    if displaced:
        keep_displaced(draft.session, draft.visit, row, displaced, by=draft.by, at=draft.at)
    return _answer(row, draft.report, is_new=True)


def _missing(
    draft: KeptDraft, sent: Sent, whole: Draft, merged: Mapping[str, SavedPart], names: Mapping[str, str]
) -> list[Missing]:
    """What could not be read first, then what cannot be, then what is not answered."""
    found = [Missing(name, fault) for name, faults in sent.refused.items() for fault in faults]
    for one in sent.parts:
        if one.part is None:
            continue
        try:
            refuse_faults(names[one.name], one.part, merged, draft.frame)
        except Refused as refusal:
            found += [Missing(one.name, fault) for fault in refusal.faults]
    told = {one.name for one in found}
    found += [
        Missing(section.value, fault)
        for section, fault in whole.missing(draft.frame)
        if section.value not in told
    ]
    return found


def _with_words(whole: Draft, left_out: Mapping[str, Mapping[str, str]]) -> Draft:
    """The report with what was typed into fields that are no more under a heading in its remarks."""
    lines = [
        f"{name}, {field}: {words}" for name, typed in left_out.items() for field, words in typed.items()
    ]
    if not lines:
        return whole
    remarks: Remarks = whole.remarks
    other = "\n".join(filter(None, [remarks.other, EARLIER_FORM, *lines]))
    parts: dict[str, Part] = {**whole.parts, Section.REMARKS: replace(remarks, other=other)}
    return replace(whole, parts=parts)


def _keep_filed(session: Session, visit: Visit, sent: Sent, *, by: Actor, at: datetime) -> Submission:
    row = _row(visit, sent, SubmissionState.FILED, by=by, at=at)
    session.add(row)
    session.flush()
    return row


def _row(visit: Visit, sent: Sent, state: SubmissionState, *, by: Actor, at: datetime) -> Submission:
    return Submission(
        submission_id=sent.submission_id,
        digest=sent.digest,
        visit_id=visit.id,
        state=state,
        form_version=sent.form_version,
        content=None if state is SubmissionState.FILED else {"fields": dict(sent.content)},
        received_at=at,
        sent_by_id=by.account_id,
    )


def _answer(row: Submission, report: Report | None, *, is_new: bool) -> Received:
    filed_at = report.filed_at if report else None
    return Received(
        row.submission_id,
        row.digest,
        report.reference if report else None,
        filed_at or row.received_at,
        is_new=is_new,
        kept_apart=row.state is not SubmissionState.FILED,
    )
