"""What becomes of findings: put to the police, answered, sent back, closed, reopened."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import day_in_words, london_day
from icv.rules.findings import LEADS_TO, EventKind, FindingState, may
from icv.rules.refusals import Refusal
from icv.services import letters
from icv.store.accounts import open_accounts
from icv.store.findings import Finding, FindingEvent
from icv.store.scheme import choices_on
from icv.store.trail import note


class FindingError(Refusal):
    """A move that is refused; the text says why and what next."""


WORDS_MISSING = {
    EventKind.REPLIED: "Write your reply",
    EventKind.SENT_BACK: "Say what is still to be answered",
    EventKind.CLOSED: "Say what was done, so that anyone can see why it is closed",
    EventKind.REOPENED: "Say why it is taken up again",
}
_TELLS = {
    EventKind.PUT_TO_POLICE: (Role.POLICE, "A custody visiting finding awaits your reply"),
    EventKind.SENT_BACK: (Role.POLICE, "Your reply to a custody visiting finding was sent back"),
    EventKind.REOPENED: (Role.POLICE, "A custody visiting finding awaits your reply"),
    EventKind.REPLIED: (Role.COORDINATOR, "The police have replied to a finding"),
}


def move(
    session: Session, finding_id: int, kind: EventKind, words: str = "", *, by: Actor, at: datetime
) -> Finding:
    """Puts a finding to the police, answers, sends back, closes or reopens it, and tells whom it concerns.

    `words` may be empty only when it is first put to the police. Whatever awaits a reply is due anew,
    sooner when serious. The days on the finding are those that count now; the events keep them all.
    """
    finding = session.scalar(
        sa.select(Finding)
        .where(Finding.id == finding_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if finding is None or not may(kind, finding.state):
        state = finding.state.words if finding else "gone"
        raise FindingError(f"This finding is now {state}, so that cannot be done. Look at it again first.")
    if not words and kind in WORDS_MISSING:
        raise FindingError(WORDS_MISSING[kind], field="words")
    on = london_day(at)
    _date(session, finding, LEADS_TO[kind], on)
    finding.state = LEADS_TO[kind]
    event = FindingEvent(
        finding_id=finding.id, kind=kind, on=on, text=words, made_at=at, made_by_id=by.account_id
    )
    session.add(event)
    session.flush()
    note(session, f"finding {kind.words}", "finding", finding.id, by=by.account_id, at=at)
    _tell(session, finding, event, at)
    return finding


def _date(session: Session, finding: Finding, state: FindingState, on: date) -> None:
    match state:
        case FindingState.REPLIED:
            finding.replied_on = on
        case FindingState.CLOSED:
            finding.closed_on = on
        case _:
            choices = choices_on(session, on)
            days = choices.serious_reply_due_days if finding.is_serious else choices.reply_due_days
            finding.put_on = finding.put_on or on
            finding.due_on = on + timedelta(days=days)
            finding.replied_on = finding.closed_on = None


def _tell(session: Session, finding: Finding, event: FindingEvent, at: datetime) -> None:
    """A letter to each whom it concerns: that there is something to read, never what."""
    if event.kind not in _TELLS:
        return
    role, subject = _TELLS[event.kind]
    due = (
        f" A reply is due by {day_in_words(finding.due_on)}."
        if role is Role.POLICE and finding.due_on
        else ""
    )
    name = f"finding {finding.id}" if role is Role.POLICE else f"finding {finding.reference}"
    for account in open_accounts(session, role):
        letters.write(
            session,
            "finding",
            f"event {event.id}, account {account.id}",
            account,
            subject,
            f"Dear {account.name},\n\n{subject}: {name}.{due} Sign in to the custody visiting service"
            " and open Findings to read it.\n",
            at=at,
        )
