"""Replies of the police chased by day: a reminder before one is due and when it is late, then escalation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import london_day
from icv.rules.findings import WITH_POLICE, EventKind
from icv.rules.replies import is_escalation_due, is_reminder_due
from icv.rules.scheme import Choices
from icv.rules.words import plural
from icv.services import letters
from icv.services.findings.events import keep_event
from icv.services.findings.linked import linked_among, tell_linked
from icv.services.findings.telling import listed, listed_to_police
from icv.services.letters import PageAddress
from icv.store.accounts import open_accounts
from icv.store.findings import Finding


def chase_replies(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Each reminder and each escalation once while a reply is awaited, however long nobody looked.

    The days are kept on the finding: a reply that is sent back, or a finding taken up again, begins anew.
    """
    day = london_day(at)
    found = _to_chase(session, day, choices)
    remind = [
        one for one in found if one.due_on and is_reminder_due(choices, day, one.due_on, one.reminded_on)
    ]
    higher = [
        one for one in found if one.due_on and is_escalation_due(choices, day, one.due_on, one.escalated_on)
    ]
    if remind:
        _remind(session, remind, address_of_page, day, at)
    if higher:
        _escalate(session, higher, choices, address_of_page, day, at)


def _to_chase(session: Session, day: date, choices: Choices) -> Sequence[Finding]:
    """Due soon or late, and not yet spoken of as often as it may be; held until it has been, due first."""
    return session.scalars(
        sa.select(Finding)
        .where(
            Finding.state.in_(WITH_POLICE),
            Finding.due_on <= day + timedelta(days=choices.reply_reminder_days),
            Finding.reminded_on.is_(None)
            | (Finding.reminded_on <= Finding.due_on)
            | Finding.escalated_on.is_(None),
        )
        .order_by(Finding.due_on, Finding.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _remind(
    session: Session, findings: Sequence[Finding], address_of_page: PageAddress, day: date, at: datetime
) -> None:
    """One letter to each account of the police, and by link. Of what reaches nobody, nothing says it did."""
    officers = open_accounts(session, Role.POLICE)
    if not officers:
        findings = linked_among(session, findings, at=at)
    if not findings:
        return
    late = [finding for finding in findings if _days_late(finding, day) > 0]
    words = {True: "The reply was late.", False: "Before the reply was due."}
    events = []
    for finding in findings:
        finding.reminded_on = day
        text = words[finding in late]
        events.append(keep_event(session, finding.id, EventKind.REMINDED, text, by=None, at=at))
    subject, key = _subject(len(findings), len(late)), f"events {events[0].id} to {events[-1].id}"
    tell_linked(
        session,
        "finding reminder",
        key,
        lambda told: _subject(len(told), sum(finding in late for finding in told)),
        listed_to_police,
        findings,
        at=at,
    )
    letters.write_to_each(
        session,
        "finding reminder",
        key,
        officers,
        subject,
        f"{subject}:\n\n{listed(findings, Role.POLICE)}\nRead and answer: {address_of_page('/police/')}\n",
        at=at,
    )


def _escalate(
    session: Session,
    findings: Sequence[Finding],
    choices: Choices,
    address_of_page: PageAddress,
    day: date,
    at: datetime,
) -> None:
    """To the address that is set for it, which learns numbers and days alone, and to every coordinator."""
    outside = choices.escalation_email
    told = f"Told: {outside} and the office." if outside else "Told: the office. No address is set for more."
    events = []
    for finding in findings:
        finding.escalated_on = day
        words = f"The reply was late by {plural(_days_late(finding, day), 'day')}. {told}"
        events.append(keep_event(session, finding.id, EventKind.ESCALATED, words, by=None, at=at))
    key = f"events {events[0].id} to {events[-1].id}"
    subject = _subject_of_escalation(len(findings), choices.escalation_days)
    if outside:
        body = _words_outside(subject, findings, choices)
        letters.write(session, "finding escalated", f"{key}, outside", outside, subject, body, at=at)
    letters.write_to_each(
        session,
        "finding escalated",
        key,
        open_accounts(session, Role.COORDINATOR),
        subject,
        f"{subject}:\n\n{listed(findings, Role.COORDINATOR)}\n{told}\n\n"
        f"See what is with the police: {address_of_page('/findings/?tray=with-police')}\n",
        at=at,
    )


def _subject_of_escalation(number: int, days: int) -> str:
    if number == 1:
        return f"A reply to a custody visiting finding is late by {plural(days, 'day')} or more"
    return f"Replies to {number} custody visiting findings are late by {plural(days, 'day')} or more"


def _words_outside(subject: str, findings: Sequence[Finding], choices: Choices) -> str:
    office = choices.office_name
    return (
        f"{office} runs the independent custody visiting of the area. Its visitors raise what they find wrong"
        " in custody suites with the police, who are asked to reply by a day.\n\n"
        f"{subject}:\n\n{listed(findings, Role.POLICE)}\n"
        f"This letter says no more on purpose. {office} can tell you what was raised.\n"
    )


def _subject(number: int, late: int) -> str:
    findings = "a custody visiting finding" if number == 1 else f"{number} custody visiting findings"
    if late == number:
        return f"Your reply to {findings} is late" if number == 1 else f"Your replies to {findings} are late"
    some = f", {late} of them late" if late else ""
    return f"Your reply to {findings} is due soon{some}"


def _days_late(finding: Finding, day: date) -> int:
    return (day - finding.due_on).days if finding.due_on else 0
