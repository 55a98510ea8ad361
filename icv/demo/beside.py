"""What stands beside the example’s reports: the other visitor’s word, an addendum, a copy, a partner away."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.demo.accounts import as_visitor
from icv.demo.reports import pair_of
from icv.rules.access import Actor
from icv.rules.digests import digest_of
from icv.rules.report import AbsentNote, Remarks, Section
from icv.rules.report.parts import FORM_VERSION
from icv.rules.signing import ASKED_FOR_DAYS, Answer, SubmissionState
from icv.services import reports
from icv.services.reports.apart import keep_apart
from icv.store.visits import Report, Submission, Visit

LEFT_UNSIGNED = 2


def put_words_beside(
    session: Session, own: Sequence[int], coordinator: Actor, volunteer: Actor, *, at: datetime
) -> None:
    """Of the volunteer’s last three reports one waits for them, one is agreed, and one is not."""
    _sign_on_paper(session, own, coordinator, at=at)
    *_, disagreed, agreed, _ = own
    _partner_says(session, agreed, volunteer, Answer.AGREES, "")
    added = "The store was looked at again with the sergeant: what was past its date had been taken out."
    reports.add_to_report(session, agreed, added, by=coordinator, at=_filed_at(session, agreed, 9), page=str)
    _partner_says(
        session,
        disagreed,
        volunteer,
        Answer.DISAGREES,
        "We were shown the store at the end of the visit, not at the beginning.",
    )
    _keep_a_copy(session, agreed, coordinator)


def tell_of_an_absence(session: Session, last_week: date, volunteer: Actor, *, at: datetime) -> None:
    """On the visit of the last week that is not the volunteer’s own, where there is one."""
    ended = sa.select(Visit.id).where(Visit.week_ends_on == last_week, Visit.outcome.is_(None))
    for visit_id in session.scalars(ended.order_by(Visit.id)):
        pair = pair_of(session, visit_id)
        if len(pair) == 2 and volunteer.person_id not in pair:
            told = AbsentNote(words="I waited for half an hour at the front desk and then went home.")
            by = as_visitor(session, pair[0], at=at)
            reports.tell_of_absence(session, visit_id, told, version=0, by=by, at=at)
            return


def _sign_on_paper(session: Session, own: Sequence[int], coordinator: Actor, *, at: datetime) -> None:
    """Those of the last months, both visitors of each; the latest are still to come back signed."""
    filed = session.scalars(
        sa.select(Report.visit_id)
        .where(Report.filed_at >= at - timedelta(days=ASKED_FOR_DAYS), Report.visit_id.not_in(own))
        .order_by(Report.filed_at, Report.id)
    ).all()
    for visit_id in filed[:-LEFT_UNSIGNED]:
        signed_at = min(at, _filed_at(session, visit_id, 4))
        for person_id in pair_of(session, visit_id):
            reports.countersign_on_paper(
                session, visit_id, person_id, Answer.AGREES, "", by=coordinator, at=signed_at, page=str
            )


def _partner_says(session: Session, visit_id: int, volunteer: Actor, answer: Answer, words: str) -> None:
    said_at = _filed_at(session, visit_id, 2)
    (partner,) = (one for one in pair_of(session, visit_id) if one != volunteer.person_id)
    by = as_visitor(session, partner, at=said_at)
    reports.countersign(session, visit_id, answer, words, by=by, at=said_at, page=str)


def _keep_a_copy(session: Session, visit_id: int, coordinator: Actor) -> None:
    """What the partner had saved, and whoever sent the report had not seen."""
    remarks = Remarks(positives="The sergeant showed us every store we asked for.", saw_serious=False)
    answers = {Section.REMARKS.value: remarks.answers()}
    received_at = _filed_at(session, visit_id, 0)
    copy = Submission(
        submission_id="example, partner's",
        digest=digest_of(answers),
        visit_id=visit_id,
        state=SubmissionState.APART,
        form_version=FORM_VERSION,
        content={"answers": answers},
        received_at=received_at,
    )
    keep_apart(session, session.get_one(Visit, visit_id), copy, by=coordinator, at=received_at)


def _filed_at(session: Session, visit_id: int, days_later: int) -> datetime:
    filed_at = session.scalars(sa.select(Report.filed_at).where(Report.visit_id == visit_id)).one()
    assert filed_at is not None  # noqa: S101  filed above
    return filed_at + timedelta(days=days_later)
