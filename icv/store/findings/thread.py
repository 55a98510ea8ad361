"""One finding as the coordinator reads it: everything of it, and all that happened."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, EventKind, FindingState
from icv.store.findings.events import EventLine, events_of
from icv.store.findings.facts import themes_of
from icv.store.findings.reading import reading
from icv.store.findings.tables import Finding


@dataclass(frozen=True, slots=True)
class FindingThread:
    """A finding with all that happened to it, oldest first. `themes` by name."""

    id: int
    reference: str
    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    category: str
    state: FindingState
    is_serious: bool
    detail: str
    check: str
    put_right_by: str
    raised_on: date
    put_on: date | None
    due_on: date | None
    escalated_on: date | None
    themes: tuple[str, ...] = ()
    events: tuple[EventLine, ...] = ()

    @property
    def reply_due_on(self) -> date | None:
        """None where no reply is awaited."""
        return self.due_on if self.state in WITH_POLICE else None

    @property
    def was_settled_on_the_spot(self) -> bool:
        return bool(self.put_right_by) or self.state in SETTLED_ON_THE_SPOT


def thread(session: Session, finding_id: int) -> FindingThread | None:
    """As the coordinator reads it."""
    columns = (Finding.check.label("check"), Finding.escalated_on)
    asked = reading(*columns).where(Finding.id == finding_id)
    row = session.execute(asked).mappings().one_or_none()
    if row is None:
        return None
    themes = tuple(sorted(themes_of(session, finding_id)))
    events = events_of(session, finding_id, frozenset(EventKind))
    return FindingThread(**row, themes=themes, events=events)
