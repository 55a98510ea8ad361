"""Answering a finding by a link, in the browser that opened it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.answering import is_at_rest
from icv.rules.findings import EventKind
from icv.services import findings
from icv.services.accounts import digest
from icv.services.finding_links.errors import LinkError
from icv.services.finding_links.opening import held_open
from icv.store.findings import FindingEvent, FindingLink, finding_of_link
from icv.store.trail import TrailEntry, note

MOST_NAME = 120
_ANSWERED = "answer by a link to findings"


def answer(
    session: Session,
    secret: str,
    browser: str,
    finding_id: int,
    words: str,
    *,
    by_words: str,
    at: datetime,
) -> None:
    """The reply of whoever `by_words` names; sent twice, it is one. Raises a Refusal where none can be given
    any more."""
    link = _open_in(session, secret, browser, at=at)
    finding = finding_of_link(session, link.id, finding_id)
    if finding is None:
        raise LinkError("This link does not lead to that finding.")
    if not by_words:
        raise LinkError("Enter your name and role", field="by_words")
    if not finding.awaits_reply and _went_in(session, link.id, finding_id, words, by_words, at):
        return
    findings.move(session, finding_id, EventKind.REPLIED, words, by=None, by_words=by_words, at=at)
    link.opened_at = at
    note(session, _ANSWERED, "finding link", link.id, by=None, at=at, finding=finding_id)


def _went_in(
    session: Session, link_id: int, finding_id: int, words: str, by_words: str, at: datetime
) -> bool:
    """Whether this reply was given by this link just now."""
    asked = (
        sa.select(TrailEntry.details)
        .join(FindingEvent, FindingEvent.made_at == TrailEntry.at)
        .where(
            TrailEntry.subject == "finding link",
            TrailEntry.subject_id == link_id,
            TrailEntry.act == _ANSWERED,
            FindingEvent.finding_id == finding_id,
            FindingEvent.kind == EventKind.REPLIED,
            FindingEvent.text == words,
            FindingEvent.by_words == by_words,
            FindingEvent.made_at > at - findings.SENT_TWICE,
        )
    )
    return any(details.get("finding") == finding_id for details in session.scalars(asked))


def leave(session: Session, secret: str, browser: str, *, at: datetime) -> None:
    """Closes it in this browser: whoever comes next needs a new code."""
    link = _open_in(session, secret, browser, at=at)
    link.opened_digest = None
    note(session, "leave link to findings", "finding link", link.id, by=None, at=at)


def _open_in(session: Session, secret: str, browser: str, *, at: datetime) -> FindingLink:
    link = held_open(session, secret, at=at)
    if not browser or link.opened_digest != digest(browser) or is_at_rest(link.opened_at, at=at):
        raise LinkError("This page was open for too long. Ask for a new code")
    return link
