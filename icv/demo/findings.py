"""What became of the example’s findings: closed, chased and taken higher, and one that keeps coming back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day, midnight
from icv.rules.findings import EventKind, FindingState
from icv.rules.replies import reply_due_on
from icv.services import findings
from icv.services.findings import HowKnown, NewFinding
from icv.store.findings import Finding
from icv.store.scheme import choices_on
from icv.store.visits import Report, Visit

REPEATED = "No hygiene packs were left, and nobody on the shift knew where more were kept."
WEEKS_AGO = (30, 17, 5)
PUT_AFTER = timedelta(days=2)
REPLY = "New stock has been ordered and the night sergeant checks it at each handover."
SENT_BACK = "The same was answered twice before. Who checks it, and where is that written down?"


def follow_findings(
    session: Session, own: Sequence[int], coordinator: Actor, police: Actor, *, at: datetime
) -> None:
    raised = session.scalars(
        sa.select(Finding)
        .where(Finding.state == FindingState.RAISED)
        .order_by(Finding.raised_on.desc(), Finding.id.desc())
    ).all()
    unanswered = next(one for one in raised if _goes_higher_on(session, one) < london_day(at))
    _leave_unanswered(session, unanswered, coordinator, at)
    for finding in raised:
        told_at = midnight(finding.raised_on + timedelta(days=15))
        if finding is unanswered or told_at > at:
            continue
        _settle(session, finding, coordinator, police)
        told = "The blankets came within the week. Thank you for looking into the store."
        findings.tell_visitors(session, finding.id, told, by=coordinator, at=told_at)
    _come_back(session, own, coordinator, police, at)


def _goes_higher_on(session: Session, finding: Finding) -> date:
    """If nobody answers: what was seen at a visit two weeks ago is not late yet."""
    put_on = finding.raised_on + PUT_AFTER
    choices = choices_on(session, put_on)
    due_on = reply_due_on(choices, put_on, is_serious=finding.is_serious)
    return due_on + timedelta(days=choices.escalation_days)


def _settle(session: Session, finding: Finding, coordinator: Actor, police: Actor) -> None:
    for kind, words, by, days in (
        (EventKind.PUT_TO_POLICE, "", coordinator, 2),
        (EventKind.REPLIED, REPLY, police, 9),
        (EventKind.CLOSED, "Seen to be put right at the next visit.", coordinator, 14),
    ):
        on = midnight(finding.raised_on + timedelta(days=days))
        findings.move(session, finding.id, kind, words, by=by, at=on)


def _leave_unanswered(session: Session, finding: Finding, coordinator: Actor, at: datetime) -> None:
    """Asked about day by day, as the service does it, until it was taken higher."""
    put_on = finding.raised_on + PUT_AFTER
    findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=midnight(put_on))
    choices = choices_on(session, put_on)
    for days in range((london_day(at) - put_on).days):
        day = midnight(put_on + timedelta(days=days)) + timedelta(hours=9)
        findings.chase_replies(session, choices, str, day)


def _come_back(session: Session, own: Sequence[int], coordinator: Actor, police: Actor, at: datetime) -> None:
    """The same at one suite three times, from paper reports; the last reply was not enough."""
    on_paper = session.scalars(
        sa.select(Visit)
        .join(Report, Report.visit_id == Visit.id)
        .where(Visit.id.not_in(own), Visit.suite_id == session.get_one(Visit, own[-1]).suite_id)
        .order_by(Visit.week_starts_on)
    ).all()
    *before, last = [on_paper[-weeks] for weeks in WEEKS_AGO]
    for visit in before:
        _settle(session, _raise(session, visit, coordinator), coordinator, police)
    finding = _raise(session, last, coordinator)
    for kind, words, by, moved_at in (
        (EventKind.PUT_TO_POLICE, "", coordinator, midnight(finding.raised_on + timedelta(days=2))),
        (EventKind.REPLIED, REPLY, police, midnight(finding.raised_on + timedelta(days=9))),
        (EventKind.SENT_BACK, SENT_BACK, coordinator, at - timedelta(days=3)),
    ):
        findings.move(session, finding.id, kind, words, by=by, at=moved_at)
    words = "The inspector said on the telephone that a new storekeeper starts next month."
    findings.add_note(session, finding.id, words, by=coordinator, at=at)


def _raise(session: Session, visit: Visit, coordinator: Actor) -> Finding:
    on = visit.week_ends_on + timedelta(days=1)
    new = NewFinding(
        HowKnown.PAPER, "washing and hygiene", REPEATED, on, themes=frozenset({"menstrual care"})
    )
    return findings.raise_finding(
        session, visit.id, new, choices_on(session, on), by=coordinator, at=midnight(on)
    )
