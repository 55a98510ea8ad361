"""Sending an officer a link to some findings, and taking it back."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.answering import ends_at, last_day
from icv.rules.days import day_in_words
from icv.rules.findings import WITH_POLICE
from icv.rules.reaching import is_email
from icv.rules.scheme import Choices
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.accounts import digest
from icv.services.finding_links.errors import LinkError
from icv.services.findings.events import locked
from icv.store.accounts import email_key
from icv.store.findings import Finding, FindingLink, LinkedFinding
from icv.store.people import Person
from icv.store.trail import note

AddressOf = Callable[[str], str]
"""The full web address of the page of a link, given its secret."""

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is asked: a name, a role or both ("Inspector Green, custody"), and where the letter goes."""

    name: str
    email: str


def make_link(
    session: Session,
    finding_ids: Collection[int],
    officer: Officer,
    choices: Choices,
    *,
    address_of: AddressOf,
    by: Actor,
    at: datetime,
) -> FindingLink:
    """Writes the officer a letter with a new link to these findings, all of which must await a reply.

    The secret is in the letter alone, which is emptied once it has gone.
    """
    _refuse_officer(session, officer)
    found = locked(session, *finding_ids)
    _refuse_findings(list(found.values()), len(set(finding_ids)))
    secret = secrets.token_urlsafe(32)
    link = FindingLink(
        secret_digest=digest(secret),
        name=officer.name,
        email=officer.email,
        made_at=at,
        made_by_id=by.account_id,
        expires_at=ends_at(at, choices.finding_link_days),
    )
    session.add(link)
    session.flush()
    session.add_all(LinkedFinding(link_id=link.id, finding_id=finding_id) for finding_id in found)
    _write(session, link, list(found.values()), choices, address_of(secret), at)
    note(
        session,
        "send link to findings",
        "finding link",
        link.id,
        by=by.account_id,
        at=at,
        findings=sorted(found),
    )
    return link


def revoke_link(session: Session, link_id: int, *, by: Actor, at: datetime) -> FindingLink:
    """It opens nothing from now on, in a browser where it is open either. Twice is as good as once."""
    link = session.scalar(sa.select(FindingLink).where(FindingLink.id == link_id).with_for_update())
    if link is None:
        raise LinkError("This link is not on record any more.")
    if link.revoked_at is None:
        link.revoked_at = at
        link.opened_digest = link.code_digest = None
        note(session, "take back link to findings", "finding link", link.id, by=by.account_id, at=at)
    return link


def _refuse_officer(session: Session, officer: Officer) -> None:
    if not officer.name:
        raise LinkError("Enter the officer’s name or role", field="name")
    if not is_email(officer.email):
        raise LinkError("Enter an e-mail address, such as name@force.police.uk", field="email")
    is_ours = sa.select(Person.id).where(Person.email_key == email_key(officer.email))
    if session.scalar(is_ours.limit(1)):
        raise LinkError(
            "This is the address of somebody in the scheme: enter the officer’s own", field="email"
        )


def _refuse_findings(found: Sequence[Finding], asked: int) -> None:
    if not found or len(found) < asked:
        raise LinkError("One of these findings is now gone. Look at the list again.")
    if asked > MOST_FINDINGS:
        raise LinkError(f"Send at most {MOST_FINDINGS} findings with one link.")
    stuck = [finding for finding in found if finding.state not in WITH_POLICE]
    if stuck:
        named = ", ".join(f"{finding.reference} (now {finding.state.words})" for finding in stuck)
        raise LinkError(f"No link was sent: {named} awaits no reply of the police. Leave it out.")


def _write(
    session: Session, link: FindingLink, found: list[Finding], choices: Choices, address: str, at: datetime
) -> None:
    several = f"{len(found)} findings" if len(found) > 1 else "a finding"
    due_on = [finding.due_on for finding in found if finding.due_on]
    which = "first reply" if len(found) > 1 else "reply"
    due = f" The {which} is due by {day_in_words(min(due_on))}." if due_on else ""
    letters.write(
        session,
        "link to findings",
        f"link {link.id}",
        link.email,
        f"Custody visiting: {several} for your reply",
        f"Dear {link.name},\n\n{choices.office_name} asks for your reply to {several} of independent custody"
        f" visitors.{due}\n\nRead and answer here, without an account:\n\n{address}\n\n"
        "The page sends a code to this e-mail address before it shows anything. The link works until"
        f" {day_in_words(last_day(link.expires_at))}. Please keep it to yourself: if somebody else should"
        " answer, tell us and they will have one of their own.\n",
        at=at,
        is_security=True,
        not_before=at if any(finding.is_serious for finding in found) else next_waking(at),
    )
