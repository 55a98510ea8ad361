"""Recruitment rounds: those on record with what came of each, and one of them for its page."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.rounds import RoundState, days_in_words, last_day, round_state, takes_applications
from icv.store.people import Person, Round
from icv.store.recruitment.tables import Application


@dataclass(frozen=True, slots=True)
class RoundLine:
    """`began_on`: the day it opened, or that of its first application where no day was recorded."""

    id: int
    name: str
    opened_on: date | None
    closed_on: date | None
    is_public: bool
    places: int | None
    applications: int
    appointed: int
    began_on: date | None
    day: date

    @property
    def state(self) -> RoundState:
        """On the day that was asked about."""
        return round_state(self.opened_on, self.closed_on, self.day)

    @property
    def days(self) -> str:
        return days_in_words(self.opened_on, self.closed_on)

    @property
    def last_on(self) -> date | None:
        return last_day(self.closed_on)

    @property
    def is_taking_applications(self) -> bool:
        """On the public page."""
        return takes_applications(self.opened_on, self.closed_on, self.is_public, self.day)


@dataclass(frozen=True, slots=True)
class OnlineApplications:
    """What the public page holds of a round: begun and not sent, and sent but not a person's record yet."""

    begun: int
    to_decide: int


def rounds_listed(session: Session, day: date) -> list[RoundLine]:
    """Latest first, by the day each began; of one day, and without any, by name."""
    lines = [RoundLine(*row, day) for row in session.execute(_ROUNDS)]
    by_name = sorted(lines, key=lambda line: (line.name.casefold(), line.id))
    return sorted(by_name, key=lambda line: line.began_on or date.min, reverse=True)


def round_before(rounds: list[RoundLine], round_id: int) -> RoundLine | None:
    """The one that began before it, of all that were listed."""
    following = iter(rounds)
    next((line for line in following if line.id == round_id), None)
    return next(following, None)


def rounds_closing(session: Session, day: date, *, days_ahead: int = 7) -> list[RoundLine]:
    """Open rounds whose last day is near, the first to close first."""
    soon = day + timedelta(days=days_ahead)
    lines = [line for line in rounds_listed(session, day) if line.state is RoundState.OPEN]
    closing = [(line.last_on, line) for line in lines if line.last_on and line.last_on <= soon]
    return [line for _, line in sorted(closing, key=lambda one: one[0])]


def welcome_of(session: Session, round_id: int) -> str:
    return session.scalar(sa.select(Round.welcome).where(Round.id == round_id)) or ""


def online_applications(session: Session, round_id: int) -> OnlineApplications:
    begun, to_decide = session.execute(_ONLINE, {"round_id": round_id}).one()
    return OnlineApplications(begun, to_decide)


_ROUNDS = (
    sa.select(
        Round.id,
        Round.name,
        Round.opened_on,
        Round.closed_on,
        Round.is_public,
        Round.places,
        sa.func.count(Person.id),
        sa.func.count(Person.appointed_on),
        sa.func.coalesce(Round.opened_on, sa.func.min(Person.applied_on)),
    )
    .outerjoin(Person, Person.round_id == Round.id)
    .group_by(Round.id)
)
_ONLINE = sa.select(
    sa.func.count().filter(Application.sent_at.is_(None)),
    sa.func.count().filter(
        Application.sent_at.is_not(None), Application.person_id.is_(None), Application.settled_at.is_(None)
    ),
).where(Application.round_id == sa.bindparam("round_id"))
