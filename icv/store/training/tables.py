"""Sessions of a course and the places booked on them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class TrainingSession(Base):
    """One sitting of a course. `places` None: as many as come. `settled_at`: attendance was taken."""

    __tablename__ = "training_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    places: Mapped[int | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]


class Booking(Base):
    """A person's place on a session. `has_attended` None until attendance is taken.

    `training_id` is the training that having come was recorded as.
    """

    __tablename__ = "bookings"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("training_sessions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    booked_at: Mapped[datetime]
    has_attended: Mapped[bool | None]
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainings.id"))
