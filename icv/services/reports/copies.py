"""What the coordinator decides on copies kept apart. The filed report stays as it is."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.signing import SubmissionState
from icv.services.reports.drafts import locked_visit, report_row
from icv.services.reports.errors import ReportError
from icv.store.trail import note
from icv.store.visits import Addendum, Submission


def settle_copy(
    session: Session, visit_id: int, copy_id: int, words: str, *, by: Actor, at: datetime
) -> None:
    """Says that the copy has been read. `words`, if any, stand beside the filed report as an addendum.

    Settling it again is refused, and so are words where there is no report for them to stand beside.
    """
    visit = locked_visit(session, visit_id)
    copy = session.scalar(
        sa.select(Submission)
        .where(Submission.id == copy_id, Submission.visit_id == visit.id)
        .execution_options(populate_existing=True)
    )
    if copy is None or copy.state is not SubmissionState.APART:
        raise ReportError("This copy has been settled already.")
    if words:
        _add(session, visit_id, words, by=by, at=at)
    copy.state, copy.settled_at, copy.settled_by_id = SubmissionState.SETTLED, at, by.account_id
    note(session, "settle copy", "visit", visit_id, by=by.account_id, at=at, copy=copy.id)


def _add(session: Session, visit_id: int, words: str, *, by: Actor, at: datetime) -> None:
    report = report_row(session, locked_visit(session, visit_id))
    if report is None or report.filed_at is None:
        raise ReportError(
            "No report of this visit is filed, so nothing can stand beside it. Open the visit again first.",
            field="words",
        )
    session.add(Addendum(report_id=report.id, words=words, made_at=at, made_by_id=by.account_id))
    note(session, "add to report", "visit", visit_id, by=by.account_id, at=at)
