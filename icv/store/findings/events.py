"""What happened to findings, as it is read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.findings import EventKind
from icv.store.accounts import Account
from icv.store.findings.tables import FindingEvent


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened to a finding; `by` is whoever did it, None where nobody is on record."""

    kind: EventKind
    on: date
    made_at: datetime
    text: str
    by: str | None

    @property
    def happened_at(self) -> datetime | None:
        """None where it was recorded on a later day: then only the day is known."""
        return self.made_at if london_day(self.made_at) == self.on else None


def events_of(session: Session, finding_id: int, kinds: frozenset[EventKind]) -> tuple[EventLine, ...]:
    """Events of these kinds, in the order they happened."""
    return events_of_several(session, [finding_id], kinds).get(finding_id, ())


def events_of_several(
    session: Session, finding_ids: Sequence[int], kinds: frozenset[EventKind]
) -> dict[int, tuple[EventLine, ...]]:
    """The same by finding; those without any are left out."""
    rows = session.execute(
        sa.select(
            FindingEvent.finding_id,
            FindingEvent.kind,
            FindingEvent.on,
            FindingEvent.made_at,
            FindingEvent.text,
            sa.func.coalesce(Account.name, sa.func.nullif(FindingEvent.by_words, "")),
        )
        .outerjoin(Account, Account.id == FindingEvent.made_by_id)
        .where(FindingEvent.finding_id.in_(finding_ids), FindingEvent.kind.in_(kinds))
        .order_by(FindingEvent.id)
    )
    found: defaultdict[int, list[EventLine]] = defaultdict(list)
    for finding_id, kind, on, made_at, text, by in rows:
        found[finding_id].append(EventLine(kind, on, made_at, text, by))
    return {finding_id: tuple(events) for finding_id, events in found.items()}
