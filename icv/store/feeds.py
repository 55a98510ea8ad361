"""Calendar feeds: a secret address each, known by its digest, revocable."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.access import Actor
from icv.rules.calendars import CANCELLED_KEPT, PAST_KEPT, CalendarDuty
from icv.rules.days import midnight
from icv.rules.visits import HELD
from icv.store.base import Base
from icv.store.people import Person
from icv.store.sealed import CalendarMark, calendar_marks
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit


class Feed(Base):
    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    label: Mapped[str]
    secret_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_fetched_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """One of somebody's feeds, as listed to them: never its address, which was shown once."""

    id: int
    label: str
    made_at: datetime
    last_fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """A feed that answers: neither revoked nor of somebody who has left."""

    id: int
    person_id: int
    last_fetched_at: datetime | None


def own_feeds(session: Session, actor: Actor) -> list[OwnFeed]:
    """Those not revoked, the oldest first."""
    rows = session.execute(
        sa.select(Feed.id, Feed.label, Feed.made_at, Feed.last_fetched_at)
        .where(Feed.person_id == actor.person_id, Feed.revoked_at.is_(None))
        .order_by(Feed.id)
    )
    return [OwnFeed(*row) for row in rows]


def open_feed(session: Session, secret_digest: str, *, on: date) -> OpenFeed | None:
    row = session.execute(
        sa.select(Feed.id, Feed.person_id, Feed.last_fetched_at)
        .join(Person, Person.id == Feed.person_id)
        .where(
            Feed.secret_digest == secret_digest,
            Feed.revoked_at.is_(None),
            sa.or_(Person.left_on.is_(None), Person.left_on > on),
        )
    ).one_or_none()
    return OpenFeed(*row) if row else None


def feed_duties(session: Session, person_id: int, *, on: date, shows_suite: bool) -> tuple[CalendarDuty, ...]:
    """By week: duties held, of the year behind and all to come, and those given up of late.

    For the person's own calendar alone: it has the times that they agreed.
    """
    rows = session.execute(
        _FEED_DUTIES,
        {
            "person_id": person_id,
            "held_since": on - PAST_KEPT,
            "gone_since": midnight(on - CANCELLED_KEPT),
        },
    )
    marks = calendar_marks(session, person_id, on=on)
    duties = (CalendarDuty(*row[:-1], row[-1] if shows_suite else "") for row in rows)
    return tuple(_marked(duty, marks[duty.uid]) if duty.uid in marks else duty for duty in duties)


def _marked(duty: CalendarDuty, mark: CalendarMark) -> CalendarDuty:
    """Both sequences only ever grow, and so does their sum."""
    return replace(
        duty,
        sequence=duty.sequence + mark.sequence,
        changed_at=max(duty.changed_at, mark.changed_at),
        starts_at=mark.starts_at,
    )


# Calendar programs ask all day long: the statement is put together once.
_FEED_DUTIES = (
    sa.select(
        Duty.uid,
        Duty.sequence,
        Duty.state,
        Duty.changed_at,
        Visit.week_starts_on,
        Visit.week_ends_on,
        Suite.name,
    )
    .join(Visit, Visit.id == Duty.visit_id)
    .join(Suite, Suite.id == Visit.suite_id)
    .where(
        Duty.person_id == sa.bindparam("person_id"),
        sa.or_(
            sa.and_(Duty.state.in_(HELD), Visit.week_ends_on >= sa.bindparam("held_since")),
            sa.and_(Duty.state.not_in(HELD), Duty.changed_at >= sa.bindparam("gone_since")),
        ),
    )
    .order_by(Visit.week_starts_on, Duty.uid)
)
