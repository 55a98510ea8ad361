"""Tables of availability: the weekly pattern, days away, and calls for both with their answers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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
    """A call for availability of a period, both days included, to be answered by the end of `answer_by`.

    One a period: asked again about the same days, it is this call that stays open for longer.
    """

    __tablename__ = "availability_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    answer_by: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    __table_args__ = (sa.UniqueConstraint("first_on", "last_on"),)


class CallAnswer(Base):
    """Somebody a call was put to. `had_dates`: they gave dates, or had none to add; None: no answer yet.

    `asked_later_at`: they began to visit after the others had been asked, and were asked then.
    """

    __tablename__ = "call_answers"

    call_id: Mapped[int] = mapped_column(sa.ForeignKey("availability_calls.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    answered_at: Mapped[datetime | None]
    had_dates: Mapped[bool | None]
    chased_at: Mapped[datetime | None]
    asked_later_at: Mapped[datetime | None]
