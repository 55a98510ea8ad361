"""Counting diversity answers: the one act the trail is silent on, as it would say who answered, and when."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from icv.rules import monitoring
from icv.store.recruitment.applications import public_round
from icv.store.recruitment.monitoring import applications_sent, count_answers, counts_of


def count(session: Session, round_id: int, given: Mapping[str, str | None], *, on: date) -> bool:
    """Counts them; False where nothing was answered, or too late, or by more people than applied.

    The right to answer is only a mark in a cookie, so that nothing here is about anybody: a cookie kept and
    sent again could not count more people than there are applications.
    """
    answers = monitoring.to_count(given)
    found = public_round(session, round_id)
    if not answers or found is None or are_shown(found.closed_on, on):
        return False
    if monitoring.answered(counts_of(session, round_id)) >= applications_sent(session, round_id):
        return False
    count_answers(session, round_id, answers)
    return True


def are_shown(closed_on: date | None, day: date) -> bool:
    """Only once no answer can be added any more: before that, two looks would tell what came in between.

    The round's first closed day is for those who sent theirs just before midnight.
    """
    return closed_on is not None and closed_on < day
