"""Letters about findings: that there is something to read, never what it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import day_in_words, london_day
from icv.rules.findings import EventKind
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event, locked
from icv.services.findings.linked import tell_linked
from icv.store.accounts import open_accounts
from icv.store.findings import Finding, FindingEvent
from icv.store.findings.raised import visitors_to_tell

MOST_LISTED = 30
OPEN_FINDINGS = "Sign in to the custody visiting service and open Findings to read.\n"
_TELLS = {
    EventKind.PUT_TO_POLICE: (
        Role.POLICE,
        "A custody visiting finding awaits your reply",
        "{} custody visiting findings await your reply",
    ),
    EventKind.SENT_BACK: (
        Role.POLICE,
        "Your reply to a custody visiting finding was sent back",
        "Your replies to {} custody visiting findings were sent back",
    ),
    EventKind.REOPENED: (
        Role.POLICE,
        "A custody visiting finding awaits your reply",
        "{} custody visiting findings await your reply",
    ),
    EventKind.REPLIED: (
        Role.COORDINATOR,
        "The police have replied to a finding",
        "The police have replied to {} findings",
    ),
}
NOBODY_TO_TELL = (
    "None of its visitors has an account here any more, so nobody would read it. Add a note instead."
)


class Moved(NamedTuple):
    """A finding with the event that has just happened to it."""

    finding: Finding
    event: FindingEvent


def tell_of_moves(session: Session, kind: EventKind, moved: Sequence[Moved], *, at: datetime) -> None:
    """A letter to each on the other side, one for all of them. What is serious goes out at any hour."""
    if kind not in _TELLS:
        return
    role, of_one, of_several = _TELLS[kind]
    findings = [finding for finding, _ in moved]

    def subject_of(told: Sequence[Finding]) -> str:
        return of_one if len(told) == 1 else of_several.format(len(told))

    subject = subject_of(findings)
    not_before = at if any(finding.is_serious for finding in findings) else next_waking(at)
    first, last = moved[0].event.id, moved[-1].event.id
    key = f"event {first}" if first == last else f"events {first} to {last}"
    if role is Role.POLICE:
        tell_linked(
            session, "finding", key, subject_of, listed_to_police, findings, at=at, not_before=not_before
        )
    letters.write_to_each(
        session,
        "finding",
        key,
        open_accounts(session, role),
        subject,
        f"{subject}:\n\n{listed(findings, role)}\n{OPEN_FINDINGS}",
        at=at,
        not_before=not_before,
    )


def listed(findings: Sequence[Finding], role: Role) -> str:
    """A line each. The police know a finding by its number alone: a reference names the visit."""
    lines = [
        f"- finding {finding.id if role is Role.POLICE else finding.reference}{_due(finding, role)}\n"
        for finding in findings[:MOST_LISTED]
    ]
    more = len(findings) - MOST_LISTED
    return "".join(lines) + (f"- and {more} more\n" if more > 0 else "")


def listed_to_police(findings: Sequence[Finding]) -> str:
    return listed(findings, Role.POLICE)


def _due(finding: Finding, role: Role) -> str:
    if role is not Role.POLICE or finding.due_on is None:
        return ""
    return f": a reply is due by {day_in_words(finding.due_on)}"


def tell_visitors(session: Session, finding_id: int, words: str, *, by: Actor, at: datetime) -> None:
    """Puts the coordinator's words about it on the page of its visitors, and tells them by letter."""
    if not words:
        raise FindingError("Write what the visitors should know", field="words")
    finding = locked(session, finding_id).get(finding_id)
    if finding is None or not _told(session, [finding], at):
        raise FindingError(NOBODY_TO_TELL, field="words")
    keep_event(session, finding_id, EventKind.VISITORS_TOLD, words, by=by, at=at)


def tell_of_news(session: Session, findings: Sequence[Finding], *, at: datetime) -> None:
    """Tells the visitors of each that something came of it: the words of it are on their page already."""
    for finding_id in _told(session, findings, at):
        keep_event(session, finding_id, EventKind.VISITORS_TOLD, "", by=None, at=at)


def _told(session: Session, findings: Sequence[Finding], at: datetime) -> list[int]:
    """Writes to the visitors; the findings of which anyone was told. News of one hour makes one letter."""
    at_once = next_waking((at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0))
    visitors = visitors_to_tell(session, {finding.visit_id for finding in findings})
    readers = {account.id: account for accounts in visitors.values() for account in accounts}
    subject = "There is news of what you raised on a visit"
    for account in readers.values():
        letters.write(
            session,
            "finding news",
            f"account {account.id}, {at_once:%Y-%m-%dT%H:%M}",
            account,
            subject,
            f"Dear {account.name},\n\n{subject}. Sign in to the custody visiting service, open My duties,"
            " then What came of what you raised.\n\nLetters do not say what was seen or answered.\n",
            at=at,
            not_before=at_once,
        )
    return [finding.id for finding in findings if finding.visit_id in visitors]


def tell_of_serious(session: Session, finding: Finding, suite: str, *, by: Actor, at: datetime) -> None:
    """Writes to every other coordinator, at any hour: somebody in the office has called it serious."""
    letters.write_to_each(
        session,
        "serious finding",
        f"finding {finding.id} of {london_day(at)}",
        [account for account in open_accounts(session, Role.COORDINATOR) if account.id != by.account_id],
        "A finding is serious",
        f"{by.name} has marked finding {finding.reference} at {suite} as serious. Sign in to the custody"
        " visiting service and open Findings to read it.\n\nLetters do not say what was seen.\n",
        at=at,
    )


def tell_of_new_day(session: Session, finding: Finding, *, at: datetime) -> None:
    """Writes to the police that the day their reply is due has moved."""
    subject = "The day a reply to a custody visiting finding is due has changed"
    not_before = at if finding.is_serious else next_waking(at)
    key = f"finding {finding.id}, {at:%Y-%m-%dT%H:%M:%S}"
    tell_linked(
        session,
        "finding due anew",
        key,
        lambda _: subject,
        listed_to_police,
        [finding],
        at=at,
        not_before=not_before,
    )
    letters.write_to_each(
        session,
        "finding due anew",
        key,
        open_accounts(session, Role.POLICE),
        subject,
        f"{subject}:\n\n{listed([finding], Role.POLICE)}\n{OPEN_FINDINGS}",
        at=at,
        not_before=not_before,
    )
