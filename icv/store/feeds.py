"""Calendar feeds: a secret address each, known by its digest, revocable."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.access import Actor
from icv.rules.calendars import CANCELLED_KEPT, PAST_KEPT, CalendarDuty
from icv.rules.days import midnight
from icv.rules.visits import HELD, DutyState, Outcome
from icv.store.base import Base
from icv.store.people import Person
from icv.store.scheme import Setting
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
    """A feed that answers: neither revoked nor of somebody who has left.

    `retitled`: how often the scheme chose what events are called, up to the day asked about; the two that
    follow, when it last did so and from which day.
    """

    id: int
    person_id: int
    last_fetched_at: datetime | None
    retitled: int
    retitled_at: datetime | None
    retitled_from: date | None


def own_feeds(session: Session, actor: Actor) -> list[OwnFeed]:
    """Those not revoked, the oldest first."""
    rows = session.execute(
        sa.select(Feed.id, Feed.label, Feed.made_at, Feed.last_fetched_at)
        .where(Feed.person_id == actor.person_id, Feed.revoked_at.is_(None))
        .order_by(Feed.id)
    )
    return [OwnFeed(*row) for row in rows]


def open_feed(session: Session, secret_digest: str, *, on: date) -> OpenFeed | None:
    row = session.execute(_OPEN_FEED, {"secret_digest": secret_digest, "on": on}).one_or_none()
    return OpenFeed(*row) if row else None


def retitled(duties: tuple[CalendarDuty, ...], feed: OpenFeed) -> tuple[CalendarDuty, ...]:
    """As `feed_duties` gives them: a new choice of their titles is a change of each."""
    if feed.retitled_at is None or feed.retitled_from is None:
        return duties
    since = max(feed.retitled_at, midnight(feed.retitled_from))
    return tuple(_moved(duty, feed.retitled, since) for duty in duties)


def feed_duties(session: Session, person_id: int, *, on: date, shows_suite: bool) -> tuple[CalendarDuty, ...]:
    """By week: duties held, of the year behind and all to come, and those given up of late.

    For the person's own calendar alone: it has the times that they agreed.
    """
    rows = session.execute(
        _FEED_DUTIES,
        {
            "person_id": person_id,
            "shows_suite": shows_suite,
            "held_since": on - PAST_KEPT,
            "gone_since": midnight(on - CANCELLED_KEPT),
        },
    )
    marks = calendar_marks(session, person_id, on=on)
    duties = (CalendarDuty(*row) for row in rows)
    return tuple(_marked(duty, marks[duty.uid]) if duty.uid in marks else duty for duty in duties)


def _moved(duty: CalendarDuty, by: int, at: datetime) -> CalendarDuty:
    return replace(duty, sequence=duty.sequence + by, changed_at=max(duty.changed_at, at))


def _marked(duty: CalendarDuty, mark: CalendarMark) -> CalendarDuty:
    """Each sequence only ever grows, and so does their sum."""
    return replace(_moved(duty, mark.sequence, mark.changed_at), starts_at=mark.starts_at)


# Imported records may have a pair that still holds a cancelled visit: there is nothing to go to.
_IS_ON = sa.and_(Duty.state.in_(HELD), sa.or_(Visit.outcome.is_(None), Visit.outcome != Outcome.CANCELLED))
_STATE = sa.case(
    (sa.or_(_IS_ON, Duty.state.not_in(HELD)), Duty.state),
    else_=sa.literal(DutyState.RELEASED, Duty.state.type),
)

# Calendar programs ask all day long: the statements are put together once.
_FEED_DUTIES = (
    sa.select(
        Duty.uid,
        Duty.sequence,
        _STATE,
        Duty.changed_at,
        Visit.week_starts_on,
        Visit.week_ends_on,
        sa.case((sa.bindparam("shows_suite", type_=sa.Boolean), Suite.name), else_=""),
    )
    .join(Visit, Visit.id == Duty.visit_id)
    .join(Suite, Suite.id == Visit.suite_id)
    .where(
        Duty.person_id == sa.bindparam("person_id"),
        Visit.week_ends_on >= sa.bindparam("held_since"),
        sa.or_(_IS_ON, Duty.changed_at >= sa.bindparam("gone_since")),
    )
    .order_by(Visit.week_starts_on, Duty.uid)
)

_RETITLED = (
    sa.select(
        sa.func.count().label("times"),
        sa.func.max(Setting.set_at).label("set_at"),
        sa.func.max(Setting.effective_on).label("effective_on"),
    )
    .where(Setting.name == "feed_shows_suite", Setting.effective_on <= sa.bindparam("on"))
    .subquery()
)
_OPEN_FEED = (
    sa.select(Feed.id, Feed.person_id, Feed.last_fetched_at, *_RETITLED.c)
    .join(Person, Person.id == Feed.person_id)
    .join(_RETITLED, sa.true())
    .where(
        Feed.secret_digest == sa.bindparam("secret_digest"),
        Feed.revoked_at.is_(None),
        sa.or_(Person.left_on.is_(None), Person.left_on > sa.bindparam("on")),
    )
)
