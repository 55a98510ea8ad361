"""The words that are waited for: of filed reports, the visitors who neither filed them nor signed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from icv.rules.signing import ASKED_FOR_DAYS
from icv.rules.visits import HELD
from icv.store.people import Person
from icv.store.visits import Addendum, Countersign, Duty, Report, Visit

BY_THE_PAIR = (
    sa.select(1)
    .select_from(Duty)
    .join(Person, Person.id == Duty.person_id)
    .where(
        Duty.visit_id == Report.visit_id,
        Duty.state.in_(HELD),
        Person.account_id == Addendum.made_by_id,
    )
    .correlate(Report, Addendum)
    .exists()
)
"""Whether an addendum is of one of the report's two visitors."""


def waiting(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """A row for each of them: the report, its visit, the duty and its visitor."""
    return (
        sa.select(*columns)
        .select_from(Report)
        .join(Visit, Visit.id == Report.visit_id)
        .join(Duty, sa.and_(Duty.visit_id == Visit.id, Duty.state.in_(HELD)))
        .join(Person, Person.id == Duty.person_id)
        .outerjoin(
            Countersign,
            sa.and_(Countersign.report_id == Report.id, Countersign.person_id == Person.id),
        )
        .where(
            Report.filed_at.is_not(None),
            Person.account_id.is_distinct_from(Report.filed_by_id),
            Countersign.person_id.is_(None),
        )
    )


def recent(today: date) -> list[sa.ColumnElement[bool]]:
    """Older ones are history: nobody is asked any more."""
    from_day, day_after = today - timedelta(days=ASKED_FOR_DAYS), today + timedelta(days=2)
    # None is filed later. With both ends given, SQLite begins at these reports, not at all duties held.
    return [Report.filed_at >= _midnight(from_day), Report.filed_at < _midnight(day_after)]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
