"""When people can visit: the weekly pattern on the timeslot grid, days away, and how often."""

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
    """A timeslot of every week in which the person is free; the band by its place in the scheme's grid."""

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
