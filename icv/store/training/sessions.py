"""Sessions as listed: when and where, how many have a place, and who."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.sittings import when_in_words
from icv.rules.stages import GONE
from icv.store.courses import Course
from icv.store.people import Person, step_on
from icv.store.training.tables import Booking, TrainingSession

PAGE = 50


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session; `attended` counts who came, 0 until attendance is taken."""

    id: int
    course_id: int
    course: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    places: int | None
    cancelled_at: datetime | None
    cancelled_reason: str
    settled_at: datetime | None
    booked: int
    attended: int

    @property
    def when(self) -> str:
        return when_in_words(self.starts_at, self.ends_at)

    @property
    def is_open(self) -> bool:
        """Neither cancelled nor over and done with."""
        return self.cancelled_at is None and self.settled_at is None

    @property
    def places_left(self) -> int | None:
        """None: as many as come."""
        return None if self.places is None else max(0, self.places - self.booked)

    @property
    def is_full(self) -> bool:
        return self.places_left == 0

    def may_be_settled(self, at: datetime) -> bool:
        """From the day of the session on."""
        return self.cancelled_at is None and london_day(self.starts_at) <= london_day(at)


@dataclass(frozen=True, slots=True)
class BookedLine:
    """Somebody with a place; `has_attended` None until attendance is taken. `is_gone`: by the day itself."""

    person_id: int
    name: str
    booked_at: datetime
    has_attended: bool | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """A person's place on a session to come."""

    session_id: int
    course: str
    starts_at: datetime
    ends_at: datetime | None
    place: str

    @property
    def when(self) -> str:
        return when_in_words(self.starts_at, self.ends_at)


def sessions_open(session: Session) -> list[SessionLine]:
    """Neither cancelled nor settled, the earliest first: those to come, and those waiting for attendance."""
    return _lines(
        session,
        _SESSIONS.where(
            TrainingSession.cancelled_at.is_(None), TrainingSession.settled_at.is_(None)
        ).order_by(TrainingSession.starts_at, TrainingSession.id),
    )


def sessions_over(session: Session, number: int = 1) -> list[SessionLine]:
    """A page of those settled or cancelled, the latest first."""
    return _lines(
        session,
        _SESSIONS.where(_IS_OVER)
        .order_by(TrainingSession.starts_at.desc(), TrainingSession.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE),
    )


def how_many_over(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(TrainingSession).where(_IS_OVER)) or 0


def session_line(session: Session, session_id: int) -> SessionLine | None:
    return next(iter(_lines(session, _SESSIONS.where(TrainingSession.id == session_id))), None)


def booked_on(session: Session, line: SessionLine) -> list[BookedLine]:
    """By name."""
    step, is_theirs = step_on(london_day(line.starts_at))
    rows = session.execute(
        sa.select(
            Person.id,
            Person.name,
            Booking.booked_at,
            Booking.has_attended,
            sa.func.coalesce(step.stage.in_(GONE), False),
        )
        .join(Booking, Booking.person_id == Person.id)
        .outerjoin(step, is_theirs)
        .where(Booking.session_id == line.id)
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [BookedLine(*row) for row in rows]


def bookings_of(session: Session, person_id: int, at: datetime) -> list[OwnBooking]:
    """One person's places on sessions to come, the next first."""
    rows = session.execute(
        sa.select(
            TrainingSession.id,
            Course.name,
            TrainingSession.starts_at,
            TrainingSession.ends_at,
            TrainingSession.place,
        )
        .join(Booking, Booking.session_id == TrainingSession.id)
        .join(Course, Course.id == TrainingSession.course_id)
        .where(
            Booking.person_id == person_id,
            TrainingSession.cancelled_at.is_(None),
            sa.func.coalesce(TrainingSession.ends_at, TrainingSession.starts_at) > at,
        )
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )
    return [OwnBooking(*row) for row in rows]


def sessions_unsettled(session: Session, at: datetime) -> list[SessionLine]:
    """Those that have begun and wait for attendance to be taken, the longest ago first."""
    return [one for one in sessions_open(session) if one.starts_at <= at]


# Counted for the sessions that are shown, instead of for all of ten years.
_BOOKED = sa.select(sa.func.count()).where(Booking.session_id == TrainingSession.id)
_SESSIONS = sa.select(
    TrainingSession.id,
    TrainingSession.course_id,
    Course.name,
    TrainingSession.starts_at,
    TrainingSession.ends_at,
    TrainingSession.place,
    TrainingSession.places,
    TrainingSession.cancelled_at,
    TrainingSession.cancelled_reason,
    TrainingSession.settled_at,
    _BOOKED.scalar_subquery(),
    _BOOKED.where(Booking.has_attended.is_(True)).scalar_subquery(),
).join(Course, Course.id == TrainingSession.course_id)
_IS_OVER = sa.or_(TrainingSession.cancelled_at.is_not(None), TrainingSession.settled_at.is_not(None))


def _lines(session: Session, asked: sa.Select[*tuple[Any, ...]]) -> list[SessionLine]:
    return [SessionLine(*row) for row in session.execute(asked)]
