"""Counting diversity answers: the one act the trail is silent on, as it would say who answered, and when."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules import monitoring
from icv.rules.days import ONE_DAY, london_day
from icv.services.accounts import digest
from icv.store.accounts import Attempt
from icv.store.recruitment.monitoring import applications_sent, asking_of, count_answers, counts_of

ANSWERING_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Right:
    """To answer once. The device of whoever has sent an application holds it, and nothing here does."""

    round_id: int
    mark: str
    ends_at: datetime


def right_to_answer(session: Session, round_id: int, *, at: datetime) -> Right | None:
    """A new one, for an application just sent; None where the round asks nobody any more."""
    right = Right(round_id, secrets.token_urlsafe(16), at + ANSWERING_LASTS)
    return right if holds(session, right, at=at) else None


def holds(session: Session, right: Right, *, at: datetime) -> bool:
    """Whether the questions may still be put. That they were answered already, `count` finds out."""
    asking = asking_of(session, right.round_id)
    return asking is not None and asking.is_on(london_day(at)) and at < right.ends_at


def count(session: Session, right: Right, given: Mapping[str, str | None], *, at: datetime) -> bool:
    """Counts them; False where nothing was answered, too late, twice, or by more people than applied."""
    answers = monitoring.to_count(given)
    asking = asking_of(session, right.round_id, is_to_count=True)
    if not answers or asking is None or not asking.is_on(london_day(at)) or at >= right.ends_at:
        return False
    if monitoring.answered(counts_of(session, right.round_id)) >= applications_sent(session, right.round_id):
        return False
    if not _is_first(session, right.mark, at=at):
        return False
    count_answers(session, right.round_id, answers)
    return True


def _is_first(session: Session, mark: str, *, at: datetime) -> bool:
    """Whether the mark was not spent before, as in a copy of the cookie kept and sent again; now it is.

    What is kept of it is swept out with the tries of strangers, long after the right has ended. It says no
    time but the end of the day: with the time, it could be matched with an application just sent.
    """
    spent = digest(f"diversity answered, {mark}")
    if session.scalar(sa.select(sa.exists().where(Attempt.account_digest == spent))):
        return False
    end_of_day = datetime.combine(at.astimezone(UTC).date() + ONE_DAY, time(), UTC)
    session.add(Attempt(account_digest=spent, address_digest="", at=end_of_day))
    session.flush()
    return True
