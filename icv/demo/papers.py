"""The example’s panel papers: one of its own two months, the latest sent and restated, and a draft."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period, add_months, london_day, midnight
from icv.rules.figures.periods import financial_year, latest_cycle
from icv.rules.findings import FindingState
from icv.rules.paper import PaperKind, Paragraph
from icv.services import findings, papers
from icv.services.findings import HowKnown, NewFinding
from icv.store.papers import Draft, draft
from icv.store.scheme import choices_on
from icv.store.visits import Report, Visit

TWO_MONTHS = Period(date(2023, 12, 1), date(2024, 1, 31))
DRAFTED, MEETING = date(2024, 3, 1), date(2024, 3, 12)
"""Of the panel that these two months were reported to."""
LATE = "The light in cell 4 flickered. It was changed while the visitors were still there."
WHY = "A finding of one visit was entered after the paper was sent."
DRAFT_WAITS = timedelta(days=9)
FOREWORD = (
    "Our visitors went out every week of the year, at all hours. What they saw, and what the police did about"
    " it, is in this report. Thank you to each of them."
)
ADDED = "The office thanks the visitors who came in the weeks of the holidays."


def send_papers(session: Session, coordinator: Actor, *, at: datetime) -> None:
    drafted_at = midnight(DRAFTED) + timedelta(hours=10)
    _send(session, _draft(session, TWO_MONTHS, MEETING, coordinator, drafted_at), coordinator, drafted_at)
    _send_and_restate(session, latest_cycle(london_day(at)), coordinator, at)
    _leave_a_draft(session, coordinator, at - DRAFT_WAITS)


def _draft(session: Session, period: Period, meeting: date, by: Actor, at: datetime) -> int:
    number = papers.begin(session, PaperKind.COMMITTEE, period, by=by, at=at)
    _for_meeting(session, number, meeting, by, at)
    return number


def _for_meeting(session: Session, number: int, meeting: date, by: Actor, at: datetime) -> None:
    head = _of(session, number).head
    papers.change_head(session, number, replace(head, dated_on=meeting), head.stamp, by=by, at=at)


def _of(session: Session, number: int) -> Draft:
    found = draft(session, number)
    assert found is not None  # noqa: S101  begun just now
    return found


def _send(session: Session, number: int, by: Actor, at: datetime) -> None:
    whole = papers.held_for_freezing(session, number, today=london_day(at))
    assert whole is not None  # noqa: S101  begun just now
    papers.freeze(session, whole, whole.seal, by=by, at=at, link="")


def _send_and_restate(session: Session, period: Period, by: Actor, at: datetime) -> None:
    """Soon after the period, and again when one more finding had been entered."""
    sent_at = min(at - timedelta(hours=1), midnight(period.after) + timedelta(days=4, hours=10))
    meeting = add_months(period.after, 1)
    number = _draft(session, period, meeting, by, sent_at)
    _send(session, number, by, sent_at)
    restated_at = min(at, sent_at + timedelta(days=3))
    _enter_late(session, period, by, restated_at)
    again = papers.restate(session, number, WHY, by=by, at=restated_at)
    _for_meeting(session, again, meeting, by, restated_at)
    _send(session, again, by, restated_at)


def _enter_late(session: Session, period: Period, by: Actor, at: datetime) -> None:
    visit = session.scalars(
        sa.select(Visit)
        .join(Report, Report.visit_id == Visit.id)
        .where(Visit.week_ends_on.between(period.first, period.last), Visit.rota_id.is_not(None))
        .order_by(Visit.week_ends_on, Visit.id)
    ).first()
    assert visit is not None  # noqa: S101  a year of them is filed
    new = NewFinding(
        HowKnown.PAPER,
        "safety and security",
        LATE,
        visit.week_ends_on,
        became=FindingState.RESOLVED_AT_VISIT,
        put_right_by="The custody sergeant",
    )
    findings.raise_finding(session, visit.id, new, choices_on(session, london_day(at)), by=by, at=at)


def _leave_a_draft(session: Session, by: Actor, at: datetime) -> None:
    """The annual report of the last financial year, with a foreword, and a sentence after one of its own."""
    today = london_day(at)
    year = financial_year(add_months(today, -12))
    number = papers.begin(session, PaperKind.ANNUAL, year, by=by, at=at)
    whole = papers.held(session, number, today=today)
    assert whole is not None  # noqa: S101  begun just now
    for one in whole.blocks:
        if isinstance(one.block, Paragraph) and one.key in {"foreword.words", "summary.happened"}:
            words = f"{one.live} {ADDED}" if one.live else FOREWORD
            papers.write_over(session, whole, one.key, words, one.stamp, by=by, at=at)
