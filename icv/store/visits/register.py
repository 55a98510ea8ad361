"""The register of visits as the coordinator reads it: whose report is in, due or overdue."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.visits import HELD, Outcome, ReportState
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits.tables import IS_TO_DETAINEES, Duty, Report, Visit


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in the register. `reports_reference` is the receipt's, None where no report was filed."""

    id: int
    reference: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    is_scheduled: bool
    outcome: Outcome | None
    arrived_at: datetime | None
    report_reference: str | None
    visitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What the register is narrowed to, and the days that decide what is due; `suite_id` None: all suites."""

    today: date
    report_due_days: int
    suite_id: int | None = None

    @property
    def overdue_before(self) -> date:
        """Weeks that ended before this day have had their time."""
        return self.today - timedelta(days=self.report_due_days)


def register_counts(session: Session, span: Span) -> dict[ReportState, int]:
    counts = session.execute(
        sa.select(
            *(
                sa.func.count().filter(condition).label(state)
                for state, condition in _conditions(span).items()
            )
        )
        .select_from(Visit)
        .where(*_of_suite(span))
    ).one()
    return dict(zip(_conditions(span), counts, strict=True))


def register(session: Session, state: ReportState, span: Span, *, page: int, size: int) -> list[VisitLine]:
    """What waits, the longest wait first; what is coming, the soonest first; what is in, the latest first."""
    order = (
        (Visit.week_ends_on.desc(), Visit.id.desc())
        if state is ReportState.IN
        else (Visit.week_ends_on, Suite.name, Visit.id)
    )
    rows = session.execute(
        sa.select(
            Visit.id,
            Visit.reference,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Visit.is_scheduled,
            Visit.outcome,
            Visit.arrived_at,
            Report.reference,
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .where(_conditions(span)[state], *_of_suite(span))
        .order_by(*order)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    names = _visitors(session, [row[0] for row in rows])
    return [VisitLine(*row, visitors=tuple(names[row[0]])) for row in rows]


def _conditions(span: Span) -> dict[ReportState, sa.ColumnElement[bool]]:
    """As `icv.rules.visits.report_state` decides for one visit."""
    waits = Visit.outcome.is_(None)
    return {
        ReportState.OVERDUE: waits & (Visit.week_ends_on < span.overdue_before),
        ReportState.DUE: waits & Visit.week_ends_on.between(span.overdue_before, span.today - timedelta(1)),
        ReportState.COMING: waits & (Visit.week_ends_on >= span.today),
        ReportState.IN: Visit.outcome.is_not(None),
    }


def _of_suite(span: Span) -> list[sa.ColumnElement[bool]]:
    return [IS_TO_DETAINEES] + ([] if span.suite_id is None else [Visit.suite_id == span.suite_id])


def _visitors(session: Session, visit_ids: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        sa.select(Duty.visit_id, Person.name)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.visit_id.in_(visit_ids), Duty.state.in_(HELD))
        .order_by(Duty.visit_id, Duty.place)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for visit_id, name in rows:
        names[visit_id].append(name)
    return names
