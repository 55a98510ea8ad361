"""Questions about calls for availability: whom they are put to, who has answered, and one's own."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.calls import name_of
from icv.rules.days import Period
from icv.store.availability.asking import Called, to_be_asked
from icv.store.availability.tables import Call, CallAnswer
from icv.store.people import Person


@dataclass(frozen=True, slots=True)
class CallDays:
    """The days a call asks about, and the last day for answers."""

    first_on: date
    last_on: date
    answer_by: date

    @property
    def period(self) -> Period:
        return Period(self.first_on, self.last_on)

    @property
    def name(self) -> str:
        return name_of(self.period)

    def is_open(self, on: date) -> bool:
        return on <= self.answer_by


@dataclass(frozen=True, slots=True)
class CallLine(CallDays):
    """A call and how many answered. Whoever has left since is in neither number.

    `unchased` have not answered and were not reminded yet.
    """

    id: int
    asked_at: datetime
    asked: int
    answered: int
    unchased: int

    @property
    def unanswered(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a call. `had_dates` is None without an answer."""

    person_id: int
    name: str
    answered_at: datetime | None
    had_dates: bool | None
    chased_at: datetime | None
    asked_later_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnCall(CallDays):
    """A call put to whoever asks, with their own answer."""

    id: int
    answered_at: datetime | None
    had_dates: bool | None


def newcomers(session: Session, call: CallDays, call_id: int) -> list[Called]:
    """Whoever visits in the weeks of a call and was not asked: they began after it went out."""
    asked = set(session.scalars(sa.select(CallAnswer.person_id).where(CallAnswer.call_id == call_id)))
    return [one for one in to_be_asked(session, call.period) if one.id not in asked]


def calls(session: Session, on: date) -> list[CallLine]:
    """All, the latest period first."""
    return _lines(session, on)


def open_calls(session: Session, on: date) -> list[CallLine]:
    """Those that may still be answered, the latest period first."""
    return _lines(session, on, Call.answer_by >= on)


def call_line(session: Session, call_id: int, on: date) -> CallLine | None:
    return next(iter(_lines(session, on, Call.id == call_id)), None)


def calls_about(session: Session, period: Period) -> list[CallDays]:
    """Those that ask about some day of the period, open or closed; of the latest answers first."""
    rows = session.execute(
        sa.select(Call.first_on, Call.last_on, Call.answer_by)
        .where(Call.first_on <= period.last, Call.last_on >= period.first)
        .order_by(Call.answer_by.desc(), Call.id)
    )
    return [CallDays(*row) for row in rows]


def _lines(session: Session, on: date, *wanted: sa.ColumnElement[bool]) -> list[CallLine]:
    silent = CallAnswer.answered_at.is_(None)
    asked = (
        sa.select(
            CallAnswer.call_id,
            sa.func.count().label("asked"),
            sa.func.count(CallAnswer.answered_at).label("answered"),
            sa.func.count().filter(silent, CallAnswer.chased_at.is_(None)).label("unchased"),
        )
        .join(Person, Person.id == CallAnswer.person_id)
        .where(_is_there(on))
        .group_by(CallAnswer.call_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            Call.first_on,
            Call.last_on,
            Call.answer_by,
            Call.id,
            Call.asked_at,
            sa.func.coalesce(asked.c.asked, 0),
            sa.func.coalesce(asked.c.answered, 0),
            sa.func.coalesce(asked.c.unchased, 0),
        )
        .outerjoin(asked, asked.c.call_id == Call.id)
        .where(*wanted)
        .order_by(Call.first_on.desc(), Call.id.desc())
    )
    return [CallLine(*row) for row in rows]


def replies(session: Session, call_id: int, on: date) -> list[Reply]:
    """Whoever has not answered first, then by name."""
    rows = session.execute(
        sa.select(
            Person.id,
            Person.name,
            CallAnswer.answered_at,
            CallAnswer.had_dates,
            CallAnswer.chased_at,
            CallAnswer.asked_later_at,
        )
        .join(CallAnswer, CallAnswer.person_id == Person.id)
        .where(CallAnswer.call_id == call_id, _is_there(on))
        .order_by(CallAnswer.answered_at.is_not(None), sa.func.lower(Person.name), Person.id)
    )
    return [Reply(*row) for row in rows]


def calls_open_to(session: Session, person_id: int, on: date) -> list[OwnCall]:
    """Calls put to the person that may still be answered, or answered anew, by period."""
    rows = session.execute(
        _OWN.where(CallAnswer.person_id == person_id, Call.answer_by >= on).order_by(Call.first_on, Call.id)
    )
    return [OwnCall(*row) for row in rows]


def call_seen_by(session: Session, actor: Actor, call_id: int) -> OwnCall | None:
    """One put to the actor, open or closed; None for any other."""
    row = session.execute(
        _OWN.where(CallAnswer.person_id == actor.person_id, Call.id == call_id)
    ).one_or_none()
    return OwnCall(*row) if row else None


def _is_there(on: date) -> sa.ColumnElement[bool]:
    return Person.left_on.is_(None) | (Person.left_on > on)


_OWN = sa.select(
    Call.first_on, Call.last_on, Call.answer_by, Call.id, CallAnswer.answered_at, CallAnswer.had_dates
).join(CallAnswer, CallAnswer.call_id == Call.id)
