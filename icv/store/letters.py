"""Letters waiting to go out, written in the transaction of the act that causes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.store.base import Base


class LetterState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    MAY_HAVE_BEEN_SENT = "may_have_been_sent"


IN_TROUBLE = frozenset({LetterState.FAILED, LetterState.MAY_HAVE_BEEN_SENT})


class Letter(Base):
    """One letter a purpose and person: `key` is unique, `message_id` stable through every try.

    A security letter goes again after a crash in mid-send; another is left as may have been sent.
    `not_before` is when a waiting letter may go (again), and when one being sent counts as interrupted.
    `calendar` is an iCalendar file that goes with it.
    The body of a security letter, which holds a one-time link, is emptied once it is sent or given up.
    """

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    to_email: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="", server_default="")
    is_security: Mapped[bool] = mapped_column(default=False)
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING, index=True)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter as it is handed to the post. `message_id` is the part before the @."""

    id: int
    message_id: str
    to_email: str
    subject: str
    body: str
    calendar: str
    is_security: bool
    made_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class PostBag:
    """How the post stands: letters overdue and not sent, the oldest's day, and those that came to grief."""

    waiting: int
    oldest_waiting_at: datetime | None
    failed: int
    may_have_been_sent: int
    last_error: str


def add(session: Session, **values: Any) -> bool:
    """Adds a letter unless one of its key is there; whether it did. Two writers at once make one letter."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    added = session.scalar(
        insert(Letter).values(**values).on_conflict_do_nothing(index_elements=["key"]).returning(Letter.id)
    )
    return added is not None


def add_all(session: Session, letters: Sequence[dict[str, Any]]) -> None:
    """The same for many, in one statement."""
    if letters:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        session.execute(insert(Letter).on_conflict_do_nothing(index_elements=["key"]), letters)


def keys_written(session: Session, keys: Collection[str]) -> set[str]:
    """Those of them that a letter has."""
    return set(session.scalars(sa.select(Letter.key).where(Letter.key.in_(keys))))


def last_waiting(session: Session, beginnings: Collection[str], to_email: str) -> str:
    """The key of the last letter written to somebody that has not gone yet, of those whose keys begin so."""
    begins = sa.or_(*(Letter.key.startswith(one, autoescape=True) for one in beginnings))
    waiting = sa.select(Letter.key).where(
        Letter.state == LetterState.WAITING, Letter.tries == 0, Letter.to_email == to_email, begins
    )
    return session.scalar(waiting.order_by(Letter.id.desc()).limit(1)) or ""


def was_just_written(session: Session, since: datetime, now: datetime) -> bool:
    """Whether there is a letter to go out now that was written since then."""
    of_now = sa.select(Letter.id).where(
        Letter.state == LetterState.WAITING, Letter.not_before <= now, Letter.made_at > since
    )
    return session.scalar(sa.select(of_now.exists())) is True


def claim_next(session: Session, now: datetime, until: datetime) -> Outgoing | None:
    """The next letter due, marked as being sent until then: what protects links first, then the oldest."""
    letter = session.scalars(
        sa.select(Letter)
        .where(Letter.state == LetterState.WAITING, Letter.not_before <= now)
        .order_by(Letter.is_security.desc(), Letter.not_before, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if letter is None:
        return None
    letter.state, letter.not_before, letter.tries = LetterState.SENDING, until, letter.tries + 1
    return Outgoing(
        id=letter.id,
        message_id=letter.message_id,
        to_email=letter.to_email,
        subject=letter.subject,
        body=letter.body,
        calendar=letter.calendar,
        is_security=letter.is_security,
        made_at=letter.made_at,
        tries=letter.tries,
    )


def note_try(session: Session, letter: Outgoing, **outcome: Any) -> None:
    """What became of a try, unless the letter has been given up or taken over meanwhile."""
    session.execute(
        sa.update(Letter)
        .where(Letter.id == letter.id, Letter.state == LetterState.SENDING, Letter.tries == letter.tries)
        .values(**outcome)
    )


def interrupted(session: Session, now: datetime) -> list[Letter]:
    """Letters whose sender never came back to say what happened, in the order they were written."""
    return list(
        session.scalars(
            sa.select(Letter)
            .where(Letter.state == LetterState.SENDING, Letter.not_before <= now)
            .order_by(Letter.id)
            .with_for_update(skip_locked=True)
        )
    )


def post_bag(session: Session, now: datetime, *, grace: timedelta, memory: timedelta) -> PostBag:
    """Waiting counts letters due or tried and older than `grace`; grief, those younger than `memory`."""
    due = sa.and_(
        Letter.state == LetterState.WAITING,
        Letter.made_at < now - grace,
        sa.or_(Letter.not_before <= now, Letter.tries > 0),
    )
    recent = Letter.made_at >= now - memory
    waiting, oldest, failed, unclear = session.execute(
        sa.select(
            sa.func.count().filter(due),
            sa.func.min(Letter.made_at).filter(due),
            sa.func.count().filter(recent, Letter.state == LetterState.FAILED),
            sa.func.count().filter(recent, Letter.state == LetterState.MAY_HAVE_BEEN_SENT),
        )
    ).one()
    error = session.scalar(
        sa.select(Letter.last_error)
        .where(recent, Letter.last_error != "", Letter.state != LetterState.SENT)
        .order_by(Letter.id.desc())
        .limit(1)
    )
    return PostBag(waiting, oldest, failed, unclear, error or "")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list; never its body, which may hold a way in."""

    id: int
    to_email: str
    subject: str
    is_security: bool
    state: LetterState
    made_at: datetime
    sent_at: datetime | None
    last_error: str

    @property
    def may_go_again(self) -> bool:
        """Not with a link: it is not kept, or dead. A new one is made instead."""
        return self.state in IN_TROUBLE and not self.is_security


def latest_letters(session: Session, most: int = 100) -> list[LetterLine]:
    """Those in trouble first, then the latest."""
    rows = session.execute(
        sa.select(
            Letter.id,
            Letter.to_email,
            Letter.subject,
            Letter.is_security,
            Letter.state,
            Letter.made_at,
            Letter.sent_at,
            Letter.last_error,
        )
        .order_by(Letter.state.in_(IN_TROUBLE).desc(), Letter.id.desc())
        .limit(most)
    )
    return [LetterLine(*row) for row in rows]


def undelivered(session: Session, emails: Collection[str]) -> set[str]:
    """Those of the addresses whose latest letter was refused."""
    latest = sa.select(sa.func.max(Letter.id)).where(Letter.to_email.in_(emails)).group_by(Letter.to_email)
    refused = sa.select(Letter.to_email).where(Letter.id.in_(latest), Letter.state == LetterState.FAILED)
    return set(session.scalars(refused))
