"""The day and time a pair agreed between themselves, and when it was opened in an emergency.

Nobody but the two reads it: this module alone names its table, and each of its questions that answers with a
time joins the duties of whoever asks, or an opening that stands on record. Whoever can read the database
file or a backup can read it there: encryption at rest is a matter of the machine.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from icv.rules.access import Actor
from icv.rules.calendars import PAST_KEPT
from icv.rules.sealed import time_in_words
from icv.rules.visits import HELD
from icv.store.accounts import Account
from icv.store.base import Base
from icv.store.visits import Duty, Visit

STEP = 2
"""By how much `sequence` grows with a change: in between lies that the pair itself has changed."""


class SealedTime(Base):
    """Proposed by one of a pair to the other; `agreed_at` once both have said so. One row a visit.

    The pair is known by its two duties: a place given to somebody else is another duty, and the time no
    longer stands. `starts_at` is None once it was taken back or the visit was reported; the row stays, so
    that the `sequence` that calendars follow never goes back.
    """

    __tablename__ = "sealed_times"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), primary_key=True)
    starts_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("duties.id"))
    asked_id: Mapped[int] = mapped_column(sa.ForeignKey("duties.id"))
    agreed_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]

    __table_args__ = (sa.CheckConstraint("proposed_by_id != asked_id", name="two_duties"),)


class SealOpening(Base):
    """That a coordinator opened a sealed time in an emergency, and why. Both of the pair are told."""

    __tablename__ = "seal_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    reason: Mapped[str]


_PROPOSER, _ASKED = aliased(Duty), aliased(Duty)
_STANDS = sa.and_(
    SealedTime.starts_at.is_not(None),
    Visit.outcome.is_(None),
    _PROPOSER.state.in_(HELD),
    _ASKED.state.in_(HELD),
)
"""Not taken back, the visit still to be reported, and the pair the one that said so."""


@dataclass(frozen=True, slots=True)
class SeenTime:
    """A time as one of its pair sees it; `is_own`: they proposed it. `sequence` says which one was seen."""

    starts_at: datetime
    is_own: bool
    is_agreed: bool
    sequence: int

    @property
    def words(self) -> str:
        return time_in_words(self.starts_at)


@dataclass(frozen=True, slots=True)
class OpenedTime:
    starts_at: datetime
    is_agreed: bool

    @property
    def words(self) -> str:
        return time_in_words(self.starts_at)


@dataclass(frozen=True, slots=True)
class Opening:
    """Never the time: only that it was looked at."""

    opened_at: datetime
    by: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarMark:
    """What a sealed time does to a duty in its holder's own calendar; `starts_at` None: the week stays."""

    sequence: int
    changed_at: datetime
    starts_at: datetime | None


def _of_pair(*asked: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*asked)
        .join(Visit, Visit.id == SealedTime.visit_id)
        .join(_PROPOSER, _PROPOSER.id == SealedTime.proposed_by_id)
        .join(_ASKED, _ASKED.id == SealedTime.asked_id)
    )


def sealed_time_seen_by(session: Session, actor: Actor, visit_id: int) -> SeenTime | None:
    """To the two who hold the visit and settled it between them; for everyone else there is none."""
    row = session.execute(
        _of_pair(
            SealedTime.starts_at,
            _PROPOSER.person_id == actor.person_id,
            SealedTime.agreed_at.is_not(None),
            SealedTime.sequence,
        ).where(
            SealedTime.visit_id == visit_id,
            _STANDS,
            sa.or_(_PROPOSER.person_id == actor.person_id, _ASKED.person_id == actor.person_id),
        )
    ).one_or_none()
    return SeenTime(*row) if row else None


def opened_time(session: Session, opening_id: int) -> OpenedTime | None:
    """What an opening on record shows. There is no way to the time past one."""
    row = session.execute(
        _of_pair(SealedTime.starts_at, SealedTime.agreed_at.is_not(None))
        .join(SealOpening, SealOpening.visit_id == SealedTime.visit_id)
        .where(SealOpening.id == opening_id, _STANDS)
    ).one_or_none()
    return OpenedTime(*row) if row else None


def openings_of(session: Session, visit_id: int) -> list[Opening]:
    """The latest first."""
    rows = session.execute(
        sa.select(SealOpening.opened_at, Account.name, SealOpening.reason)
        .outerjoin(Account, Account.id == SealOpening.opened_by_id)
        .where(SealOpening.visit_id == visit_id)
        .order_by(SealOpening.id.desc())
    )
    return [Opening(*row) for row in rows]


def time_sequence() -> sa.ScalarSelect[int]:
    """For a query of duties: what a time of its pair, standing or fallen, adds to its sequence at most."""
    of_pair = sa.or_(SealedTime.proposed_by_id == Duty.id, SealedTime.asked_id == Duty.id)
    asked = sa.select(SealedTime.sequence + 1).where(SealedTime.visit_id == Duty.visit_id, of_pair)
    return asked.correlate(Duty).scalar_subquery()


def calendar_marks(session: Session, person_id: int, *, on: date) -> dict[str, CalendarMark]:
    """By the uid of the person's duties whose visit has, or had, a time; as far back as calendars go."""
    rows = session.execute(_MARKS, {"person_id": person_id, "since": on - PAST_KEPT})
    return {uid: _mark(*rest) for uid, *rest in rows}


def _mark(
    sequence: int, is_standing: bool, changed_at: datetime, duties_at: datetime, starts_at: datetime | None
) -> CalendarMark:
    """A time that fell with its pair fell when a duty changed, which the row itself does not know."""
    moved_at = changed_at if is_standing else max(changed_at, duties_at)
    return CalendarMark(sequence + (starts_at is None), moved_at, starts_at)


# Calendar programs ask all day long: the statement is put together once.
_MARKS = (
    _of_pair(
        Duty.uid,
        SealedTime.sequence,
        _STANDS,
        SealedTime.changed_at,
        sa.case((_PROPOSER.changed_at > _ASKED.changed_at, _PROPOSER.changed_at), else_=_ASKED.changed_at),
        sa.case(
            (
                sa.and_(
                    _STANDS,
                    SealedTime.agreed_at.is_not(None),
                    Duty.id.in_([SealedTime.proposed_by_id, SealedTime.asked_id]),
                ),
                SealedTime.starts_at,
            )
        ),
    )
    .join(Duty, Duty.visit_id == SealedTime.visit_id)
    .where(Duty.person_id == sa.bindparam("person_id"), Visit.week_ends_on >= sa.bindparam("since"))
)


def put(
    session: Session, visit_id: int, starts_at: datetime, proposed_by_id: int, asked_id: int, *, at: datetime
) -> int:
    """One duty's holder proposes a time to the other's; the visit must be locked. Its sequence."""
    row = _row(session, visit_id)
    if row is None:
        row = SealedTime(visit_id=visit_id, sequence=0)
        session.add(row)
    row.starts_at, row.proposed_by_id, row.asked_id, row.agreed_at = starts_at, proposed_by_id, asked_id, None
    return _moved(session, row, at)


def mark_agreed(session: Session, visit_id: int, *, at: datetime) -> int:
    """The time that stands is agreed; the visit must be locked. Its sequence."""
    row = session.get_one(SealedTime, visit_id, populate_existing=True)
    row.agreed_at = at
    return _moved(session, row, at)


def forget(session: Session, visit_id: int, *, at: datetime) -> int | None:
    """The time is gone from the database; its sequence, None where there was none."""
    row = _row(session, visit_id)
    if row is None or row.starts_at is None:
        return None
    row.starts_at = row.agreed_at = None
    return _moved(session, row, at)


def fallen(session: Session, visit_id: int | None = None) -> list[int]:
    """Visits whose time is still kept and no longer stands: settled otherwise, or their pair has changed."""
    asked = _of_pair(SealedTime.visit_id).where(SealedTime.starts_at.is_not(None), sa.not_(_STANDS))
    if visit_id is not None:
        asked = asked.where(SealedTime.visit_id == visit_id)
    return list(session.scalars(asked.order_by(SealedTime.visit_id)))


def _row(session: Session, visit_id: int) -> SealedTime | None:
    return session.get(SealedTime, visit_id, populate_existing=True)


def _moved(session: Session, row: SealedTime, at: datetime) -> int:
    row.sequence += STEP
    row.changed_at = at
    session.flush()
    return row.sequence
