"""Calendar feeds: a secret address each, known by its digest, revocable."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.access import Actor
from icv.rules.visits import HELD, DutyState
from icv.store.base import Base
from icv.store.people import Person
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


@dataclass(frozen=True, slots=True)
class FeedDuty:
    """A duty as calendars need it. Declined and released ones are known for a while, so that they go."""

    uid: str
    sequence: int
    state: DutyState
    changed_at: datetime
    week_starts_on: date
    week_ends_on: date
    suite: str


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


def feed_duties(
    session: Session, person_id: int, *, held_since: date, gone_since: datetime
) -> list[FeedDuty]:
    """Duties held in weeks that end on or after a day, and those given up since a moment, by week."""
    rows = session.execute(
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
            Duty.person_id == person_id,
            sa.or_(
                sa.and_(Duty.state.in_(HELD), Visit.week_ends_on >= held_since),
                sa.and_(Duty.state.not_in(HELD), Duty.changed_at >= gone_since),
            ),
        )
        .order_by(Visit.week_starts_on, Duty.uid)
    )
    return [FeedDuty(*row) for row in rows]
