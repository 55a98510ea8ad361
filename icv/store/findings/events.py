"""What happened to a finding, as it is read."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import EventKind
from icv.store.accounts import Account
from icv.store.findings.tables import FindingEvent


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened to a finding; `by` is the name of an account, None where nobody is on record."""

    kind: EventKind
    on: date
    text: str
    by: str | None


def events_of(session: Session, finding_id: int, kinds: frozenset[EventKind]) -> tuple[EventLine, ...]:
    """Events of these kinds, in the order they happened."""
    rows = session.execute(
        sa.select(FindingEvent.kind, FindingEvent.on, FindingEvent.text, Account.name)
        .outerjoin(Account, Account.id == FindingEvent.made_by_id)
        .where(FindingEvent.finding_id == finding_id, FindingEvent.kind.in_(kinds))
        .order_by(FindingEvent.id)
    )
    return tuple(EventLine(*row) for row in rows)
