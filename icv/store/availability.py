"""When people can visit: the weekly pattern on the timeslot grid, days away, and how often."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.days import Period
from icv.rules.timeslots import Slot
from icv.store.base import Base


class Availability(Base):
    """That a person has answered, and how often they wish to visit. No row: taken as free, and said so."""

    __tablename__ = "availabilities"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    given_at: Mapped[datetime]
    wanted_a_month: Mapped[int | None]
    most_a_month: Mapped[int | None]


class FreeSlot(Base):
    """A timeslot of every week in which the person is free; the band by its place in the scheme's grid.

    Somebody who has answered and has none is free in all: they had nothing to add.
    """

    __tablename__ = "free_slots"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)


class DaysAway(Base):
    """Days from `first_on` to `last_on`, both included, on which the person cannot visit."""

    __tablename__ = "days_away"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]

    __table_args__ = (sa.CheckConstraint("last_on >= first_on", name="ends_after_start"),)


class Call(Base):
    """A call for availability of a period, both days included, to be answered by the end of `answer_by`."""

    __tablename__ = "availability_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    answer_by: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class CallAnswer(Base):
    """Somebody a call was put to. `had_dates`: they gave dates, or had none to add; None: no answer yet."""

    __tablename__ = "call_answers"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("availability_calls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    answered_at: Mapped[datetime | None]
    had_dates: Mapped[bool | None]
    chased_at: Mapped[datetime | None]


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
    free: defaultdict[int, set[Slot]] = defaultdict(set)
    for person_id, weekday, band in session.execute(
        sa.select(FreeSlot.person_id, FreeSlot.weekday, FreeSlot.band).where(
            FreeSlot.person_id.in_(person_ids)
        )
    ):
        free[person_id].add((weekday, band))
    rows = session.execute(
        sa.select(
            Availability.person_id,
            Availability.given_at,
            Availability.wanted_a_month,
            Availability.most_a_month,
        ).where(Availability.person_id.in_(person_ids))
    )
    return {
        person_id: Answer(given_at, wanted, most, frozenset(free[person_id]))
        for person_id, given_at, wanted, most in rows
    }


def has_answered(session: Session, person_id: int) -> bool:
    """Whether they have ever said when they can visit, or that they had nothing to add."""
    return bool(session.scalar(sa.select(sa.exists().where(Availability.person_id == person_id))))


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
