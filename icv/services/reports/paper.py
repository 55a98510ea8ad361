"""A report on paper, entered by the coordinator for the two who wrote it, and filed as marked so."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.report import Arrival, Draft, Headcount, Section
from icv.rules.report.paper import content_from_paper, missing_on_paper
from icv.rules.signing import Signed
from icv.services.reports.drafts import draft_of, frame_of, locked_visit, open_report, report_row
from icv.services.reports.errors import Incomplete
from icv.services.reports.filing import Receipt, file_draft
from icv.services.reports.signing import sign_for
from icv.store.reports import on_probation, saved_parts
from icv.store.visits import Report, Visit


def file_from_paper(
    session: Session, visit_id: int, signed_by: Collection[int] = (), *, by: Actor, at: datetime
) -> Receipt:
    """Files what the coordinator has entered. `signed_by`: who of the two signed the paper.

    A second press by the same gets the first receipt. Raises Incomplete where times or counts are missing or
    something contradicts itself, NotOpen where a report has come in.
    """
    visit = locked_visit(session, visit_id)
    if receipt := _entered_before(session, visit, by):
        return receipt
    report = open_report(session, visit, by=by, at=at, from_paper=True)
    frame = frame_of(session, visit, at)
    pair = on_probation(session, visit_id, frame.week)
    draft = draft_of(saved_parts(session, visit_id), pair, frame.questions)
    if missing := missing_on_paper(draft, frame):
        raise Incomplete(missing)
    receipt = file_draft(session, visit, report, draft, content_from_paper(draft), by=by, at=at)
    sign_for(session, visit, report, Signed.ON_PAPER, signed_by, by=by, at=at)
    return receipt


def enter_from_paper(
    session: Session, visit_id: int, arrival: Arrival, headcount: Headcount, *, by: Actor, at: datetime
) -> Receipt:
    """Files times and counts alone, at once. Raises as above."""
    visit = locked_visit(session, visit_id)
    report = open_report(session, visit, by=by, at=at, from_paper=True)
    frame = frame_of(session, visit, at)
    draft = Draft({Section.ARRIVAL: arrival, Section.COUNTS: headcount}, questions=frame.questions)
    if missing := missing_on_paper(draft, frame):
        raise Incomplete(missing)
    return file_draft(session, visit, report, draft, content_from_paper(draft), by=by, at=at)


def _entered_before(session: Session, visit: Visit, by: Actor) -> Receipt | None:
    filed: Report | None = report_row(session, visit)
    if filed is None or filed.filed_at is None or not filed.reference:
        return None
    is_same = filed.filed_by_id == by.account_id and bool((filed.content or {}).get("from_paper"))
    return Receipt(filed.reference, filed.filed_at, is_new=False) if is_same else None
