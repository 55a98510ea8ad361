"""Record reviews and dog-welfare visits: who makes which, and the counters of each strand."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, london_day
from icv.rules.strands import STRANDS, CheckShare
from icv.rules.visits import ATTEMPTED, HELD, Outcome, VisitKind
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Duty, Report, StrandCheck, StrandCount, Visit


@dataclass(frozen=True, slots=True)
class StrandFigures:
    """Of one strand in a period: its visits, and the records read or dogs seen on them."""

    visits: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class StrandLine:
    """One in the list; `made_on` and `number` are None until it is reported."""

    id: int
    reference: str
    place: str
    week_starts_on: date
    week_ends_on: date
    outcome: Outcome | None
    made_on: date | None
    number: int | None
    report_reference: str | None
    visitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrandVisit:
    """One of them, to plan anew or call off; `visitor_ids` in their places."""

    id: int
    kind: VisitKind
    reference: str
    place: str
    week_starts_on: date
    week_ends_on: date
    outcome: Outcome | None
    visitor_ids: tuple[int, ...] = ()


def strand_counts(session: Session, period: Period) -> dict[VisitKind, StrandFigures]:
    """Of every strand, those with none too: visits reported, by their day."""
    return strand_counts_of(session, [period])[0]


def strand_counts_of(session: Session, periods: Sequence[Period]) -> list[dict[VisitKind, StrandFigures]]:
    """The same for each of several periods, in one question."""
    rows = session.execute(
        sa.select(Visit.kind, StrandCount.made_on, StrandCount.number)
        .join(StrandCount, StrandCount.visit_id == Visit.id)
        .where(
            StrandCount.made_on >= min(period.first for period in periods),
            StrandCount.made_on <= max(period.last for period in periods),
        )
    ).all()
    return [
        {
            strand: StrandFigures(len(numbers), sum(numbers))
            for strand in STRANDS
            for numbers in [[number for kind, on, number in rows if kind is strand and on in period]]
        }
        for period in periods
    ]


def terrorism_visits_of(session: Session, periods: Sequence[Period]) -> list[int]:
    """How many visits to terrorism detainees were attempted, by the day of arrival, or their week's last."""
    rows = session.execute(
        sa.select(Visit.arrived_at, Visit.week_ends_on).where(
            Visit.kind == VisitKind.TERRORISM, Visit.outcome.in_(ATTEMPTED)
        )
    )
    days = [london_day(arrived_at) if arrived_at else week_ends_on for arrived_at, week_ends_on in rows]
    return [sum(day in period for day in days) for period in periods]


def strand_checks(session: Session, kind: VisitKind, period: Period) -> list[CheckShare]:
    """Of each check that was asked in the period, in the order of the latest form that asked it."""
    rows = session.execute(
        sa.select(StrandCheck.key, StrandCheck.title, StrandCheck.yes, StrandCheck.no, StrandCheck.unsaid)
        .join(StrandCount, StrandCount.visit_id == StrandCheck.visit_id)
        .join(Visit, Visit.id == StrandCheck.visit_id)
        .where(Visit.kind == kind, StrandCount.made_on.between(period.first, period.last))
        .order_by(StrandCount.made_on.desc(), StrandCheck.visit_id.desc(), StrandCheck.position)
    )
    shares: dict[str, CheckShare] = {}
    for key, title, yes, no, unsaid in rows:
        known = shares.get(key) or CheckShare(title, 0, 0, 0)
        shares[key] = CheckShare(known.title, known.yes + yes, known.no + no, known.unsaid + unsaid)
    return list(shares.values())


def how_many_strand_visits(session: Session, kind: VisitKind) -> int:
    return session.scalar(sa.select(sa.func.count()).where(Visit.kind == kind)) or 0


def strand_visits(session: Session, kind: VisitKind, *, page: int, size: int) -> list[StrandLine]:
    """What is still to be reported first, the longest waiting before others; then the latest."""
    waits = Visit.outcome.is_(None)
    rows = session.execute(
        sa.select(
            Visit.id,
            Visit.reference,
            PLACE_OF_VISIT.label("place"),
            Visit.week_starts_on,
            Visit.week_ends_on,
            Visit.outcome,
            StrandCount.made_on,
            StrandCount.number,
            Report.reference.label("report_reference"),
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(StrandCount, StrandCount.visit_id == Visit.id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .where(Visit.kind == kind)
        .order_by(
            waits.desc(),
            sa.case((waits, Visit.week_ends_on)),
            sa.func.coalesce(StrandCount.made_on, Visit.week_ends_on).desc(),
            Visit.id.desc(),
        )
        .limit(size)
        .offset((page - 1) * size)
    ).mappings()
    found = rows.all()
    names = _holders(session, [row["id"] for row in found])
    return [StrandLine(**row, visitors=tuple(name for _, name in names[row["id"]])) for row in found]


@dataclass(frozen=True, slots=True)
class StrandWaiting:
    """One whose week is over without a report, or that nobody is to make."""

    id: int
    kind: VisitKind
    place: str
    week_starts_on: date
    week_ends_on: date
    has_visitor: bool


def strands_waiting(session: Session, *, on: date) -> list[StrandWaiting]:
    """What waits for the coordinator on the day, the oldest first."""
    held = sa.exists().where(Duty.visit_id == Visit.id, Duty.state.in_(HELD))
    rows = session.execute(
        sa.select(
            Visit.id,
            Visit.kind,
            PLACE_OF_VISIT.label("place"),
            Visit.week_starts_on,
            Visit.week_ends_on,
            held.label("has_visitor"),
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .where(
            Visit.kind.in_(STRANDS), Visit.outcome.is_(None), sa.or_(Visit.week_ends_on < on, sa.not_(held))
        )
        .order_by(Visit.week_ends_on, Visit.id)
    ).mappings()
    return [StrandWaiting(**row) for row in rows]


def strand_visit(session: Session, visit_id: int) -> StrandVisit | None:
    """None for a visit to detainees: it is no other strand."""
    rows = session.execute(
        sa.select(
            Visit.id,
            Visit.kind,
            Visit.reference,
            PLACE_OF_VISIT.label("place"),
            Visit.week_starts_on,
            Visit.week_ends_on,
            Visit.outcome,
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Visit.id == visit_id, Visit.kind.in_(STRANDS))
    ).mappings()
    found = rows.one_or_none()
    if found is None:
        return None
    held = _holders(session, [visit_id])[visit_id]
    return StrandVisit(**found, visitor_ids=tuple(person_id for person_id, _ in held))


def _holders(session: Session, visit_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    rows = session.execute(
        sa.select(Duty.visit_id, Person.id, Person.name)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.visit_id.in_(visit_ids), Duty.state.in_(HELD))
        .order_by(Duty.visit_id, Duty.place)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for visit_id, person_id, name in rows:
        found[visit_id].append((person_id, name))
    return found
