"""Copies kept apart: what was written and the filed report does not say. Nothing is overwritten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import london_day, week_in_words
from icv.rules.digests import digest_of
from icv.rules.report import (
    ContactNote,
    ContactsNote,
    Draft,
    FindingNote,
    FindingsNote,
    Part,
    RecordNote,
    RecordsNote,
)
from icv.rules.signing import SubmissionState
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.reports.errors import NotOpen
from icv.store.accounts import open_accounts
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Submission, Visit

MOST_AFTER_DUTY = 10
"""Copies of one visit that may wait from somebody who holds no duty on it any more."""


def says_no_more(content: Mapping[str, Any], sent: Draft) -> bool:
    """Whether all that was sent is in the filed content already: it needs no copy."""
    would_be = sent.content()
    return all(_is_in(content, would_be, name, part) for name, part in sent.parts.items())


def _is_in(content: Mapping[str, Any], would_be: Mapping[str, Any], name: str, part: Part) -> bool:
    if part == type(part)():
        return True
    if isinstance(part, ContactsNote):
        return bool(part.why_fewer == content.get("why_fewer_contacts", ""))
    if isinstance(part, FindingsNote):
        return not content.get("findings")
    if isinstance(part, RecordsNote):
        return bool(part.sample == content.get("sample", ""))
    if isinstance(part, RecordNote):
        return part.answers() in content.get("records_read", [])
    if isinstance(part, ContactNote):
        return part.answers() in content.get("contacts", [])
    if isinstance(part, FindingNote):
        return part.answers() in content.get("findings", [])
    return name not in would_be or would_be[name] == content.get(name)


def keep_apart(session: Session, visit: Visit, copy: Submission, *, by: Actor, at: datetime) -> None:
    """Keeps the copy for the coordinators, and tells them that it waits."""
    session.add(copy)
    session.flush()
    note(session, "keep copy apart", "visit", visit.id, by=by.account_id, at=at, copy=copy.id)
    _tell(session, visit, copy, at=at)


def refuse_after_duty(session: Session, visit: Visit, *, by: Actor, at: datetime) -> None:
    """Raises NotOpen before the visit's week, and where many copies of theirs wait already."""
    if london_day(at) < visit.week_starts_on:
        raise NotOpen("This visit is not yours any more, and its week has not begun.")
    waiting = session.scalar(
        sa.select(sa.func.count()).where(
            Submission.visit_id == visit.id,
            Submission.sent_by_id == by.account_id,
            Submission.state == SubmissionState.APART,
        )
    )
    if waiting is not None and waiting >= MOST_AFTER_DUTY:
        raise NotOpen("The coordinator has several copies from you already: ask them to read those first.")


def keep_displaced(
    session: Session, visit: Visit, filed: Submission, answers: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    """Keeps what the partner had saved in the draft and the one who sent the report had not seen."""
    copy = Submission(
        submission_id=f"{filed.submission_id}, partner's",
        digest=digest_of(answers),
        visit_id=visit.id,
        state=SubmissionState.APART,
        form_version=filed.form_version,
        content={"answers": answers},
        received_at=at,
        sent_by_id=None,
    )
    keep_apart(session, visit, copy, by=by, at=at)


def _tell(session: Session, visit: Visit, copy: Submission, *, at: datetime) -> None:
    """Writes to every coordinator that there is something to read, never what."""
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    whose = ", from somebody who no longer had a place on the visit" if copy.is_after_duty else ""
    letters.write_to_each(
        session,
        "copy kept apart",
        f"copy {copy.id}",
        open_accounts(session, Role.COORDINATOR),
        "A second copy of a visit report waits for you",
        f"Of the visit to {suite.name} in the week {week} a report came in that says something else than what"
        f" is on record{whose}. Nothing on record was changed: the copy is kept apart until you have read it."
        " Sign in to the custody visiting service and open the visit to compare the two.\n",
        at=at,
        not_before=next_waking(at),
    )
