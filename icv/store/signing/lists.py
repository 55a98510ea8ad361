"""Lists for the coordinator: reports that wait for a word, and those on which the two disagree."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.signing import Answer
from icv.store.people import Person
from icv.store.signing.waiting import BY_THE_PAIR, recent, waiting
from icv.store.suites import Suite
from icv.store.visits import Addendum, Countersign, Duty, Report, Visit

IS_OPEN = ~(
    sa.select(1)
    .select_from(Addendum)
    .where(
        Addendum.report_id == Countersign.report_id,
        Addendum.made_at >= Countersign.made_at,
        ~BY_THE_PAIR,
    )
    .correlate(Countersign, Report)
    .exists()
)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A filed report that waits for a word of one or both of its visitors."""

    visit_id: int
    visit_reference: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    filed_at: datetime
    awaited: tuple[str, ...] = ()

    def days_on(self, day: date) -> int:
        """How long it has waited."""
        return (day - london_day(self.filed_at)).days


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A visitor does not agree. `is_open` until somebody other than the two has added a word after it."""

    visit_id: int
    visit_reference: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    name: str
    made_at: datetime
    is_open: bool


def how_many_unsigned(session: Session, *, today: date, suite_id: int | None = None) -> int:
    found = waiting(Visit.id).where(*recent(today), *_of(suite_id)).distinct().subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def unsigned(
    session: Session, *, today: date, suite_id: int | None = None, page: int, size: int
) -> list[Unsigned]:
    """Of the last weeks, the longest wait first: an older one is history."""
    rows = session.execute(
        waiting(
            Visit.id,
            Visit.reference,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Report.filed_at,
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .where(*recent(today), *_of(suite_id))
        .group_by(Visit.id, Suite.name, Report.filed_at)
        .order_by(Report.filed_at, Visit.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    names: defaultdict[int, list[str]] = defaultdict(list)
    for visit_id, name in session.execute(
        waiting(Visit.id, Person.name).where(Visit.id.in_([row[0] for row in rows])).order_by(Duty.place)
    ):
        names[visit_id].append(name)
    return [Unsigned(*(*row, tuple(names[row[0]]))) for row in rows]


def how_many_disagreements(session: Session, *, suite_id: int | None = None, only_open: bool = False) -> int:
    open_ones = [IS_OPEN] if only_open else []
    return session.scalar(_disagreeing(sa.func.count()).where(*_of(suite_id), *open_ones)) or 0


def disagreements(
    session: Session, *, suite_id: int | None = None, page: int, size: int
) -> list[Disagreement]:
    """Those that nobody has answered first, then the latest first."""
    rows = session.execute(
        _disagreeing(
            Visit.id,
            Visit.reference,
            Suite.name,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Person.name,
            Countersign.made_at,
            IS_OPEN,
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .join(Person, Person.id == Countersign.person_id)
        .where(*_of(suite_id))
        .order_by(IS_OPEN.desc(), Countersign.made_at.desc(), Visit.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return [Disagreement(*row) for row in rows]


def _disagreeing(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*columns)
        .select_from(Countersign)
        .join(Report, Report.id == Countersign.report_id)
        .join(Visit, Visit.id == Report.visit_id)
        .where(Countersign.answer == Answer.DISAGREES)
    )


def _of(suite_id: int | None) -> list[sa.ColumnElement[bool]]:
    return [] if suite_id is None else [Visit.suite_id == suite_id]
