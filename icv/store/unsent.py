"""Visits whose week is over and of which no report has been sent, and who has to send it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.visits import HELD, visit_in_words
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Duty, Report, ReportSection, Visit


@dataclass(frozen=True, slots=True)
class Unsent:
    """One of the pair of such a visit. `parts`: how many of the report are saved with the scheme."""

    visit_id: int
    person_id: int
    name: str
    email: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    parts: int

    @property
    def visit_in_words(self) -> str:
        """Euston Street, week of 9 March to 15 March 2026"""
        return visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)


def unsent_reports(session: Session, ended: Period) -> list[Unsent]:
    """Of visits whose week ended in the period and of which nothing is recorded, oldest first."""
    parts = (
        sa.select(sa.func.count())
        .select_from(ReportSection)
        .where(ReportSection.report_id == Report.id)
        .correlate(Report)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(
            Visit.id,
            Person.id,
            Person.name,
            Person.email,
            PLACE_OF_VISIT,
            Visit.week_starts_on,
            Visit.week_ends_on,
            sa.func.coalesce(parts, 0),
        )
        .join(Duty, Duty.visit_id == Visit.id)
        .join(Person, Person.id == Duty.person_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .where(
            Visit.outcome.is_(None),
            Visit.week_ends_on.between(ended.first, ended.last),
            Report.filed_at.is_(None),
            Duty.state.in_(HELD),
        )
        .order_by(Visit.week_ends_on, Visit.id, Duty.place)
    )
    return [Unsent(*row) for row in rows]
