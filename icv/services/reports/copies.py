"""What the coordinator decides on copies kept apart. The filed report stays as it is."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import week_in_words
from icv.rules.signing import SubmissionState
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.letters import PageAddress
from icv.services.reports.addenda import add_to_report
from icv.services.reports.drafts import locked_visit, open_report, report_row
from icv.services.reports.errors import ReportError
from icv.services.reports.incoming import KeptDraft, SentPart
from icv.services.visits import open_again
from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Submission, Visit


def settle_copy(
    session: Session,
    visit_id: int,
    copy_id: int,
    words: str,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """Says that the copy has been read. `words`, if any, stand beside the filed report as an addendum.

    Settling it again is refused, and so are words where there is no report for them to stand beside.
    """
    visit = locked_visit(session, visit_id)
    copy = _waiting(session, visit, copy_id)
    if words:
        _add(session, visit, words, by=by, at=at, page=page)
    _settle(session, visit, copy, by=by, at=at)


def put_back(
    session: Session, visit_id: int, copy_id: int, parts: Sequence[SentPart], *, by: Actor, at: datetime
) -> None:
    """Opens a visit that was recorded as missed again, with the copy's `parts` as the draft of its sender.

    What has been saved of the draft by somebody else stays. Raises VisitError where the visit is not missed,
    NotOpen where the sender no longer holds a duty on it.
    """
    visit = locked_visit(session, visit_id)
    copy = _waiting(session, visit, copy_id)
    open_again(session, visit_id, by=by, at=at)
    sender = _sender(session, copy)
    KeptDraft(session, visit, open_report(session, visit, by=sender, at=at), by=sender, at=at).take_all(parts)
    _settle(session, visit, copy, by=by, at=at)
    _ask_to_send(session, visit, copy, at=at)


def _waiting(session: Session, visit: Visit, copy_id: int) -> Submission:
    copy = session.scalar(
        sa.select(Submission)
        .where(Submission.id == copy_id, Submission.visit_id == visit.id)
        .execution_options(populate_existing=True)
    )
    if copy is None or copy.state is not SubmissionState.APART:
        raise ReportError("This copy has been settled already.")
    return copy


def _settle(session: Session, visit: Visit, copy: Submission, *, by: Actor, at: datetime) -> None:
    copy.state, copy.settled_at, copy.settled_by_id = SubmissionState.SETTLED, at, by.account_id
    note(session, "settle copy", "visit", visit.id, by=by.account_id, at=at, copy=copy.id)


def _sender(session: Session, copy: Submission) -> Actor:
    found = session.execute(
        sa.select(Account.id, Person.id, Account.name)
        .join(Person, Person.account_id == Account.id)
        .where(Account.id == copy.sent_by_id)
    ).one_or_none()
    if found is None:
        raise ReportError(
            "Whoever sent this copy is no longer a visitor. Enter it as a paper report instead."
        )
    return Actor(*found)


def _ask_to_send(session: Session, visit: Visit, copy: Submission, *, at: datetime) -> None:
    account = session.get_one(Account, copy.sent_by_id)
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    letters.write(
        session,
        "copy put back",
        f"copy {copy.id}",
        account,
        "Please send your visit report once more",
        f"Dear {account.name},\n\nYour report of the visit to {suite.name} in the week {week} came in when"
        " the visit was on record as missed. The coordinator has opened it again, with all you wrote. Sign in"
        " to the custody visiting service, look it through, and send it.\n",
        at=at,
        not_before=next_waking(at),
    )


def _add(session: Session, visit: Visit, words: str, *, by: Actor, at: datetime, page: PageAddress) -> None:
    report = report_row(session, visit)
    if report is None or report.filed_at is None:
        raise ReportError(
            "No report of this visit is filed, so nothing can stand beside it. Open the visit again first.",
            field="words",
        )
    add_to_report(session, visit.id, words, by=by, at=at, page=page)
