"""Publishing a finding beside its reply, in words without detainee or visitor, and withdrawing it."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.findings import PUBLISHABLE, EventKind
from icv.rules.scheme import Choices
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event, locked
from icv.store.findings import PublishedFinding, replies_to
from icv.store.trail import note

TAKEN_UP_AGAIN = (
    "As it is taken up again, it was withdrawn from the public page. Once it is answered it can be published"
    " anew."
)


def publish(
    session: Session,
    finding_id: int,
    comment: str,
    reply: str,
    choices: Choices,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Anybody may read these words from now on; published before, they take the place of the old ones."""
    if not choices.publishes_findings:
        raise FindingError("The scheme publishes no findings: that is a choice in the settings.")
    finding = locked(session, finding_id).get(finding_id)
    if finding is None or finding.state not in PUBLISHABLE or not replies_to(session, finding_id):
        raise FindingError(
            "Only what the police have answered is published, and while it is not taken up again."
        )
    if not comment:
        raise FindingError("Write what the visitors found", field="comment")
    if not reply:
        raise FindingError("Write what the police replied", field="reply")
    kept = session.get(PublishedFinding, finding_id)
    if kept is None:
        kept = PublishedFinding(finding_id=finding_id)
        session.add(kept)
    kept.comment, kept.reply = comment, reply
    kept.published_on, kept.published_by_id, kept.withdrawn_on = london_day(at), by.account_id, None
    note(session, "publish finding", "finding", finding_id, by=by.account_id, at=at)


def withdraw(session: Session, finding_id: int, *, by: Actor, at: datetime) -> None:
    """The public page shows it no more. Copies that others took meanwhile are theirs."""
    locked(session, finding_id)
    kept = session.get(PublishedFinding, finding_id)
    if kept is None:
        raise FindingError("This finding was not published.")
    if kept.withdrawn_on is None:
        _withdraw(session, kept, by=by, at=at)


def withdraw_taken_up(
    session: Session, finding_ids: Collection[int], *, by: Actor | None, at: datetime
) -> None:
    """Those of them that the public reads: another reply must not bring the old words back unread."""
    shown = session.scalars(
        sa.select(PublishedFinding)
        .where(PublishedFinding.finding_id.in_(finding_ids), PublishedFinding.withdrawn_on.is_(None))
        .order_by(PublishedFinding.finding_id)
    )
    for kept in shown.all():
        _withdraw(session, kept, by=by, at=at)
        keep_event(session, kept.finding_id, EventKind.NOTE, TAKEN_UP_AGAIN, by=by, at=at)


def _withdraw(session: Session, kept: PublishedFinding, *, by: Actor | None, at: datetime) -> None:
    kept.withdrawn_on = london_day(at)
    account = by.account_id if by else None
    note(session, "withdraw published finding", "finding", kept.finding_id, by=account, at=at)
