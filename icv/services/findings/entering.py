"""Replies of the police that came another way, such as by post, entered by the office."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.findings import EventKind
from icv.services.findings.errors import FindingError
from icv.services.findings.moving import move
from icv.store.trail import note


def enter_reply(session: Session, finding_id: int, words: str, *, who: str, by: Actor, at: datetime) -> None:
    """`who` gave it, by name and role: the thread names them, and the trail whoever entered it."""
    if not who:
        raise FindingError("Enter who replied, by name and role", field="who")
    entered = f"{who}, entered by the office"
    move(session, finding_id, EventKind.REPLIED, words, by=None, by_words=entered, at=at)
    note(session, "enter reply of the police", "finding", finding_id, by=by.account_id, at=at)
