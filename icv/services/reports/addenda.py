"""Addenda: later words on a filed report, by either visitor or the coordinator, whenever, never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.bounds import MOST_ANSWER
from icv.services.letters import PageAddress
from icv.services.reports.drafts import holds_duty, locked_visit
from icv.services.reports.errors import ReportError
from icv.services.reports.signing import filed_report
from icv.services.reports.word_letters import tell_of_addendum
from icv.store.trail import note
from icv.store.visits import Addendum, Report


def add_to_report(
    session: Session, visit_id: int, words: str, *, by: Actor, at: datetime, page: PageAddress
) -> bool:
    """Puts the words beside the report, and tells everyone else who reads it, once.

    False where they stand there already, said by the same: a second press. Raises ReportError before the
    report is filed, for nothing said, and for whoever may not read it.
    """
    visit = locked_visit(session, visit_id)
    if Role.COORDINATOR not in by.roles and not holds_duty(session, visit, by):
        raise ReportError("Only the two visitors of this visit and the coordinator can add to its report.")
    report, words = filed_report(session, visit), words.strip()
    if not words:
        raise ReportError("Write what you want to add", field="words")
    if len(words) > MOST_ANSWER:
        raise ReportError(f"Write at most {MOST_ANSWER:,} characters", field="words")
    if _stands(session, report, words, by):
        return False
    addendum = Addendum(report_id=report.id, words=words, made_at=at, made_by_id=by.account_id)
    session.add(addendum)
    session.flush()
    note(session, "add to report", "visit", visit_id, by=by.account_id, at=at, addendum=addendum.id)
    tell_of_addendum(session, visit, report, by=by, at=at, page=page)
    return True


def _stands(session: Session, report: Report, words: str, by: Actor) -> bool:
    same = sa.exists().where(
        Addendum.report_id == report.id, Addendum.words == words, Addendum.made_by_id == by.account_id
    )
    return bool(session.scalar(sa.select(same)))
