"""Events of findings: each step is kept with who and when, in a row that is only ever added."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.findings import EventKind
from icv.store.findings import Finding, FindingEvent
from icv.store.trail import note

THE_SERVICE = "the service"
"""Who did what nobody did by hand."""


def locked(session: Session, *finding_ids: int) -> dict[int, Finding]:
    """The findings as they are now, held until the act is over; what is not on record is left out."""
    found = session.scalars(
        sa.select(Finding)
        .where(Finding.id.in_(finding_ids))
        .order_by(Finding.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {finding.id: finding for finding in found}


def keep_event(
    session: Session,
    finding_id: int,
    kind: EventKind,
    text: str,
    *,
    by: Actor | None,
    at: datetime,
    on: date | None = None,
    by_words: str = "",
) -> FindingEvent:
    """Adds the event, and the act to the trail. `by_words` says who where no account did.

    `on` is the day it happened, that of recording it where none is given.
    """
    event = FindingEvent(
        finding_id=finding_id,
        kind=kind,
        on=on or london_day(at),
        text=text,
        made_at=at,
        made_by_id=by.account_id if by else None,
        by_words="" if by else by_words or THE_SERVICE,
    )
    session.add(event)
    session.flush()
    account = by.account_id if by else None
    note(session, f"finding {kind.words}", "finding", finding_id, by=account, at=at)
    return event
