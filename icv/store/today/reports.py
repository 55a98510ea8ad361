"""What waits about reports that are in: second copies, and words of the other visitor."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, midnight
from icv.rules.scheme import Choices
from icv.rules.words import plural
from icv.store.signing import disagreements
from icv.store.signing.waiting import recent
from icv.store.signing.waiting import waiting as words_awaited
from icv.store.submissions import waiting_copies
from icv.store.today.visits import week_of
from icv.store.today.waiting import About, Urgency, Waiting
from icv.store.visits import Report

MOST_DISAGREEMENTS = 20
"""Open ones come first in their list, so that more than these are never hidden by settled ones."""


def copies(session: Session) -> Iterator[Waiting]:
    for one in waiting_copies(session):
        what = "Second copy of a report" if one.copies == 1 else f"{one.copies} more copies of a report"
        who, since = week_of(one.suite, one.week_starts_on), london_day(one.since)
        yield Waiting(Urgency.THIS_WEEK, About.COPIES, one.visit_id, what, who, since)


def not_countersigned(session: Session, choices: Choices, on: date) -> Iterator[Waiting]:
    """After as many days as the scheme gives a report: the other visitor was asked when it came in."""
    filed_before = midnight(on - timedelta(days=choices.report_due_days))
    number, since = session.execute(
        words_awaited(sa.func.count(Report.id.distinct()), sa.func.min(Report.filed_at)).where(
            *recent(on), Report.filed_at < filed_before
        )
    ).one()
    if number:
        who, what = plural(number, "report"), "Not countersigned"
        yield Waiting(Urgency.COMING, About.UNSIGNED, 0, what, who, london_day(since))


def disagreed(session: Session) -> Iterator[Waiting]:
    for one in disagreements(session, page=1, size=MOST_DISAGREEMENTS):
        if one.is_open:
            who = f"{one.name}: {week_of(one.suite, one.week_starts_on)}"
            since = london_day(one.made_at)
            yield Waiting(
                Urgency.THIS_WEEK, About.VISIT, one.visit_id, "A visitor does not agree", who, since
            )
