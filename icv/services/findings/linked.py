"""Letters to officers who answer by a link: the same news as for accounts, without the link itself.

Its secret is kept nowhere, so a letter can only speak of the one that carried it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.days import day_in_words, london_day
from icv.services import letters
from icv.store.findings import Finding, officers_linked

Lines = Callable[[Sequence[Finding]], str]


def linked_among(session: Session, findings: Sequence[Finding], *, at: datetime) -> list[Finding]:
    """Those that somebody can answer by a link now."""
    reached: set[int] = set()
    for officer in officers_linked(session, [finding.id for finding in findings], at=at):
        reached |= officer.findings
    return [finding for finding in findings if finding.id in reached]


def tell_linked(
    session: Session,
    purpose: str,
    key: str,
    subject_of: Callable[[Sequence[Finding]], str],
    lines: Lines,
    findings: Sequence[Finding],
    *,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """One letter a link, of those of these findings that it leads to."""
    for officer in officers_linked(session, [finding.id for finding in findings], at=at):
        theirs = [finding for finding in findings if finding.id in officer.findings]
        subject, sent_on = subject_of(theirs), day_in_words(london_day(officer.sent_at))
        letters.write(
            session,
            purpose,
            f"{key}, link {officer.link_id}",
            officer.email,
            subject,
            f"Dear {officer.name},\n\n{subject}:\n\n{lines(theirs)}\n"
            f"Read and answer by the link in our letter of {sent_on}. It works until"
            f" {day_in_words(officer.last_on)}.\n",
            at=at,
            not_before=not_before,
        )
