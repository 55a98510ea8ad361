"""Questions about what people gave: their weekly pattern, how often, and days away."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, london_day
from icv.rules.timeslots import Slot
from icv.store.availability.tables import Availability, DaysAway, FreeSlot
from icv.store.scheme import choices_on


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of when they can visit. An empty `free` is any timeslot."""

    given_at: datetime
    wanted_a_month: int | None
    most_a_month: int | None
    free: frozenset[Slot]


@dataclass(frozen=True, slots=True)
class Away:
    """Days away, both included."""

    id: int
    person_id: int
    first_on: date
    last_on: date


def answers(session: Session, person_ids: Collection[int]) -> dict[int, Answer]:
    """By person; whoever has not answered is left out."""
    rows = session.execute(
        sa.select(
            Availability.person_id,
            Availability.given_at,
            Availability.wanted_a_month,
            Availability.most_a_month,
            FreeSlot.weekday,
            FreeSlot.band,
        )
        .outerjoin(FreeSlot, FreeSlot.person_id == Availability.person_id)
        .where(Availability.person_id.in_(person_ids))
    ).all()
    free: defaultdict[int, set[Slot]] = defaultdict(set)
    given: dict[int, tuple[datetime, int | None, int | None]] = {}
    for person_id, given_at, wanted, most, weekday, band in rows:
        given[person_id] = (given_at, wanted, most)
        if weekday is not None:
            free[person_id].add((weekday, band))
    return {who: Answer(*of_them, frozenset(free[who])) for who, of_them in given.items()}


def has_answered(session: Session, person_id: int) -> bool:
    """Whether they have ever said when they can visit, or that they had nothing to add."""
    return bool(session.scalar(sa.select(sa.exists().where(Availability.person_id == person_id))))


def has_old_bands(session: Session, given_at: datetime, on: date) -> bool:
    """Whether the bands of a day were others when times were marked: the marks mean other hours now."""
    return choices_on(session, london_day(given_at)).bands != choices_on(session, on).bands


def days_away(session: Session, person_ids: Collection[int], period: Period) -> list[Away]:
    """Those that touch the period, by person and first day."""
    rows = session.execute(
        sa.select(DaysAway.id, DaysAway.person_id, DaysAway.first_on, DaysAway.last_on)
        .where(
            DaysAway.person_id.in_(person_ids),
            DaysAway.first_on <= period.last,
            DaysAway.last_on >= period.first,
        )
        .order_by(DaysAway.person_id, DaysAway.first_on, DaysAway.id)
    )
    return [Away(*row) for row in rows]


def days_away_from(session: Session, person_id: int, day: date) -> list[Away]:
    """One person's days away that are not over by that day, the next first."""
    rows = session.execute(
        sa.select(DaysAway.id, DaysAway.person_id, DaysAway.first_on, DaysAway.last_on)
        .where(DaysAway.person_id == person_id, DaysAway.last_on >= day)
        .order_by(DaysAway.first_on, DaysAway.id)
    )
    return [Away(*row) for row in rows]
