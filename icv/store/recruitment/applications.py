"""Questions about applications: rounds open to all, one's own draft, and what the coordinator reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.rounds import last_day, takes_applications
from icv.rules.stages import Stage
from icv.store.accounts import email_key
from icv.store.people import KnownPerson, Person, Round, people_by_address, step_on
from icv.store.recruitment.tables import Application


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round as strangers see it. `last_on` is the last day on which applications are taken."""

    id: int
    name: str
    welcome: str
    opened_on: date | None
    closed_on: date | None

    @property
    def last_on(self) -> date | None:
        return last_day(self.closed_on)

    def is_open_on(self, day: date) -> bool:
        return takes_applications(self.opened_on, self.closed_on, True, day)


@dataclass(frozen=True, slots=True)
class Begun:
    """An application as its applicant holds it; `expires_at` is when a draft is deleted."""

    round: PublicRound
    id: int
    answers: Mapping[str, Mapping[str, Any]]
    began_at: datetime
    expires_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApplicationRead:
    """An application as the coordinator reads it. Without a person, `known` is whose address it gives."""

    id: int
    round_id: int
    round: str
    email: str
    answers: Mapping[str, Mapping[str, Any]]
    sent_at: datetime
    settled_at: datetime | None
    outcome: str
    person_id: int | None
    person: str | None
    known: KnownPerson | None = None

    @property
    def waits(self) -> bool:
        return self.person_id is None and self.settled_at is None


@dataclass(frozen=True, slots=True)
class InTray:
    """`to_read`: applicants of the public page still at the first stage; `since`: the oldest to settle."""

    new: int
    to_read: int
    to_settle: int
    since: datetime | None


_ROUND = (Round.id, Round.name, Round.welcome, Round.opened_on, Round.closed_on)


def rounds_open_to_all(session: Session, day: date) -> list[PublicRound]:
    """Those that take applications on the public page that day, the one that closes first at the top."""
    rows = session.execute(
        sa.select(*_ROUND)
        .where(
            Round.is_public,
            Round.opened_on <= day,
            Round.closed_on.is_(None) | (Round.closed_on > day),
        )
        .order_by(Round.closed_on.asc().nulls_last(), Round.id)
    )
    return [PublicRound(*row) for row in rows]


def public_round(session: Session, round_id: int) -> PublicRound | None:
    """A round for the public, open or not; None for one that is not for strangers."""
    row = session.execute(sa.select(*_ROUND).where(Round.id == round_id, Round.is_public)).one_or_none()
    return PublicRound(*row) if row else None


def application_held(session: Session, token_digest: str, *, at: datetime) -> Begun | None:
    """That of the device which holds the token: a draft until it expires, a sent one for as long."""
    return _begun(session, Application.token_digest == token_digest, at)


def application_by_link(session: Session, token_digest: str, *, at: datetime) -> Begun | None:
    """The one that a link opens, or has opened already."""
    return _begun(session, reached_by(token_digest), at)


def reached_by(token_digest: str) -> sa.ColumnElement[bool]:
    """Whether a link of that token leads to the application: once opened, it is the device's own."""
    return sa.or_(Application.link_digest == token_digest, Application.token_digest == token_digest)


def _begun(session: Session, is_it: sa.ColumnElement[bool], at: datetime) -> Begun | None:
    row: Sequence[Any] | None = session.execute(
        sa.select(
            Application.id,
            Application.answers,
            Application.began_at,
            Application.expires_at,
            Application.sent_at,
            *_ROUND,
        )
        .join(Round, Round.id == Application.round_id)
        .where(is_it, Application.expires_at > at)
    ).one_or_none()
    return Begun(PublicRound(*row[5:]), *row[:5]) if row else None


def application_of(session: Session, person_id: int) -> int | None:
    """The number of the application that a person's record began with, if it came by the public page."""
    return session.scalar(sa.select(Application.id).where(Application.person_id == person_id))


def application_read(session: Session, application_id: int, on: date) -> ApplicationRead | None:
    """One that was sent; drafts are nobody's business but their writer's."""
    found = _read(session, sa.select(*_READ).where(Application.id == application_id), on)
    return found[0] if found else None


def applications_to_settle(session: Session, on: date) -> list[ApplicationRead]:
    """Sent from an address that was on record already, the oldest first."""
    return _read(session, sa.select(*_READ).where(_WAITS).order_by(Application.sent_at, Application.id), on)


def in_tray(session: Session, *, since: datetime | None, on: date) -> InTray:
    """What waits for the coordinator on a day, and how much of all that was sent is `new` since then."""
    step, is_theirs = step_on(on, of=Application.person_id)
    was_sent = Application.sent_at.is_not(None)
    row = session.execute(
        sa.select(
            sa.func.count().filter(was_sent if since is None else Application.sent_at > since),
            sa.func.count().filter(step.stage == Stage.APPLIED),
            sa.func.count().filter(_WAITS),
            sa.func.min(Application.sent_at).filter(_WAITS),
        )
        .select_from(Application)
        .outerjoin(step, is_theirs)
    ).one()
    return InTray(*row)


def to_settle(session: Session) -> tuple[int, datetime | None]:
    """How many wait for it, and since when the oldest does."""
    row = session.execute(sa.select(sa.func.count(), sa.func.min(Application.sent_at)).where(_WAITS)).one()
    return row[0], row[1]


def drafts_begun(session: Session, *, at: datetime) -> int:
    """Applications that somebody has begun, not sent, and can still go on with."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Application)
            .where(Application.sent_at.is_(None), Application.expires_at > at)
        )
        or 0
    )


_WAITS = sa.and_(
    Application.sent_at.is_not(None), Application.person_id.is_(None), Application.settled_at.is_(None)
)
_READ = (
    Application.id,
    Application.round_id,
    sa.select(Round.name).where(Round.id == Application.round_id).scalar_subquery(),
    Application.email,
    Application.answers,
    Application.sent_at,
    Application.settled_at,
    Application.outcome,
    Application.person_id,
    sa.select(Person.name).where(Person.id == Application.person_id).scalar_subquery(),
)


def _read(session: Session, asked: sa.Select[Any], on: date) -> list[ApplicationRead]:
    rows: Sequence[Any] = session.execute(asked.where(Application.sent_at.is_not(None))).all()
    keys = {email_key(row.email) for row in rows if row.person_id is None and row.settled_at is None}
    known = people_by_address(session, keys, on) if keys else {}
    return [replace(ApplicationRead(*row), known=known.get(email_key(row.email))) for row in rows]
