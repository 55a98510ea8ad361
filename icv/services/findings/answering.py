"""The reply of the police to one finding, given by an account of theirs."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.findings import WITH_POLICE, EventKind
from icv.services.findings.events import locked
from icv.services.findings.moving import move
from icv.store.findings import FindingEvent

SENT_TWICE = timedelta(hours=1)
"""Within it the same words by the same hand are one reply: the button was pressed again."""


def reply(session: Session, finding_id: int, words: str, *, by: Actor, at: datetime) -> None:
    """Answers the finding; sent twice, it is one. Raises a FindingError where it awaits no reply."""
    finding = locked(session, finding_id).get(finding_id)
    awaits_reply = finding is not None and finding.state in WITH_POLICE
    if not awaits_reply and _went_in(session, finding_id, words, by=by, at=at):
        return
    move(session, finding_id, EventKind.REPLIED, words, by=by, at=at)


def _went_in(session: Session, finding_id: int, words: str, *, by: Actor, at: datetime) -> bool:
    """Whether they gave this reply just now."""
    given = sa.exists().where(
        FindingEvent.finding_id == finding_id,
        FindingEvent.kind == EventKind.REPLIED,
        FindingEvent.text == words,
        FindingEvent.made_by_id == by.account_id,
        FindingEvent.made_at > at - SENT_TWICE,
    )
    return bool(session.scalar(sa.select(given)))
