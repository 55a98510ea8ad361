"""Sealing the trail, so that a later change to it shows, and reading the seals back."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from icv.rules.days import day_in_words, london_day
from icv.store import trail as store
from icv.store.trail import Entry, Seal, TrailSeal

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the seals say. `first_break` is a sentence, None while everything stands as it was sealed.

    `checkpoint` is the newest seal's digest: noted somewhere else (a paper, a letter), it shows later
    even that the whole trail was replaced.
    """

    sealed_to: int
    checkpoint: str
    first_break: str | None


def seal(session: Session, *, at: datetime) -> int:
    """Seals the next batch of entries; how many there were. 0 also while others are writing: try again soon.

    The session must be one that may write, and be committed at once: until then nobody adds to the trail.
    """
    if not store.keep_others_out(session):
        return 0
    before = store.last_seal(session)
    entries = store.entries_between(session, before.last_entry_id if before else None, most=BATCH)
    if entries:
        first, last = entries[0].id, entries[-1].id
        digest = _digest(before.digest if before else "", first, last, at, entries)
        session.add(TrailSeal(first_entry_id=first, last_entry_id=last, digest=digest, sealed_at=at))
        session.flush()
    return len(entries)


def verify(session: Session) -> Verdict:
    """Reads the whole trail against its seals and stops at the first that does not hold."""
    before: Seal | None = None
    while batch := store.seals_after(session, before.id if before else 0, BATCH):
        for current in batch:
            trouble = _trouble(session, before, current)
            if trouble:
                return _verdict(before, trouble)
            before = current
    return _verdict(before, None)


def _verdict(sound: Seal | None, trouble: str | None) -> Verdict:
    return Verdict(sound.last_entry_id if sound else 0, sound.digest if sound else "", trouble)


def _trouble(session: Session, before: Seal | None, current: Seal) -> str | None:
    sealed_to = before.last_entry_id if before else None
    entries = store.entries_between(session, sealed_to, current.last_entry_id)
    digest = _digest(
        before.digest if before else "",
        current.first_entry_id,
        current.last_entry_id,
        current.sealed_at,
        entries,
    )
    if digest == current.digest:
        return None
    return (
        f"Trail entries {current.first_entry_id} to {current.last_entry_id} are not what was sealed on"
        f" {day_in_words(london_day(current.sealed_at))} (seal {current.id}): an entry or a seal was changed,"
        " added or removed since. Compare with a backup made before."
    )


def _digest(before: str, first: int, last: int, at: datetime, entries: Iterable[Entry]) -> str:
    """SHA-256 of a line for the seal and one for each entry: the form every sealed trail depends on."""
    sealing = hashlib.sha256(_line(before, first, last, at.astimezone(UTC).isoformat()))
    for entry in entries:
        moment = entry.at.astimezone(UTC).isoformat()
        sealing.update(
            _line(
                entry.id, moment, entry.account_id, entry.act, entry.subject, entry.subject_id, entry.details
            )
        )
    return sealing.hexdigest()


def _line(*values: object) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode() + b"\n"
