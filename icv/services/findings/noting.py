"""Notes that the coordinator keeps on a finding: for the office alone."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.findings import EventKind
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event, locked


def add_note(session: Session, finding_id: int, words: str, *, by: Actor, at: datetime) -> None:
    """Neither the police nor the visitors read it."""
    if not words:
        raise FindingError("Write the note", field="words")
    if not locked(session, finding_id):
        raise FindingError("This finding is gone: look at the list again.")
    keep_event(session, finding_id, EventKind.NOTE, words, by=by, at=at)
