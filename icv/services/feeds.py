"""Calendar feeds: made for one device at a time, shown once, revoked at will."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.calendar import calendar_of
from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.services.accounts import digest
from icv.store.feeds import Feed, OpenFeed, feed_duties, open_feed, own_feeds, retitled
from icv.store.trail import note

MOST_FEEDS = 10
FETCH_NOTED_EVERY = timedelta(hours=1)


class FeedError(Refusal):
    """Why a feed cannot be made, in a sentence that may be shown."""


def make(session: Session, label: str, *, by: Actor, at: datetime) -> str:
    """The secret of a new feed, 256 bits, which is kept nowhere. Raises FeedError."""
    if len(own_feeds(session, by)) >= MOST_FEEDS:
        raise FeedError(f"You have {MOST_FEEDS} calendar links. Stop one that you no longer use first.")
    secret = secrets.token_urlsafe(32)
    feed = Feed(person_id=by.person_id, label=label.strip(), secret_digest=digest(secret), made_at=at)
    session.add(feed)
    session.flush()
    note(session, "make feed", "feed", feed.id, by=by.account_id, at=at)
    return secret


def revoke(session: Session, feed_id: int, *, by: Actor, at: datetime) -> bool:
    """False when it is not the actor's, or revoked already."""
    revoked = session.scalar(
        sa.update(Feed)
        .where(Feed.id == feed_id, Feed.person_id == by.person_id, Feed.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(Feed.id)
    )
    if revoked is None:
        return False
    note(session, "revoke feed", "feed", revoked, by=by.account_id, at=at)
    return True


def feed_of(session: Session, secret: str, *, at: datetime) -> OpenFeed | None:
    """The feed behind an address; None when it is unknown, revoked, or its owner has left."""
    return open_feed(session, digest(secret), on=london_day(at))


def calendar(
    session: Session, feed: OpenFeed, *, choices: Choices, domain: str, link: str, at: datetime
) -> bytes:
    """The body of a feed. What was given up stays in it for 30 days as cancelled."""
    duties = feed_duties(session, feed.person_id, on=london_day(at), shows_suite=choices.feed_shows_suite)
    return calendar_of("ICV duties", domain, link, retitled(duties, feed))


def is_fetch_to_note(feed: OpenFeed, at: datetime) -> bool:
    return feed.last_fetched_at is None or at - feed.last_fetched_at >= FETCH_NOTED_EVERY


def note_fetch(session: Session, feed: OpenFeed, *, at: datetime) -> None:
    session.execute(sa.update(Feed).where(Feed.id == feed.id).values(last_fetched_at=at))
