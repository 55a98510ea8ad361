"""The trail: who did what to which record, in ids only; added to, never changed, sealed in batches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.store.accounts import Account
from icv.store.base import Base


class TrailEntry(Base):
    """`act` is a verb phrase, `subject` a kind of record and its id; `details` holds no personal values."""

    __tablename__ = "trail"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    act: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]

    __table_args__ = (sa.Index("ix_trail_subject_subject_id", "subject", "subject_id"),)


class TrailSeal(Base):
    """The hash of a batch of entries and of the seal before it. Made by one sealer alone, in the worker.

    Both ids are included; numbers missing between them are acts that were undone before they were kept.
    """

    __tablename__ = "trail_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_entry_id: Mapped[int] = mapped_column(unique=True)
    last_entry_id: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str]
    sealed_at: Mapped[datetime]


def note(
    session: Session,
    act: str,
    subject: str,
    subject_id: int | None,
    *,
    by: int | None,
    at: datetime,
    **details: Any,
) -> None:
    """Adds an entry. `by` is an account's id, None for the command line and the worker."""
    session.add(
        TrailEntry(at=at, account_id=by, act=act, subject=subject, subject_id=subject_id, details=details)
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is sealed and read."""

    id: int
    at: datetime
    account_id: int | None
    act: str
    subject: str
    subject_id: int | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seal:
    """A checkpoint: everything to `last_entry_id` stood as `digest` says at `sealed_at`."""

    id: int
    first_entry_id: int
    last_entry_id: int
    digest: str
    sealed_at: datetime


def keep_others_out(session: Session) -> bool:
    """Until the transaction ends no entry is added and nobody else seals; False when it cannot be had soon.

    PostgreSQL gives numbers to entries before they are committed: a seal made meanwhile would miss one.
    On SQLite a transaction that may write is alone already.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    try:
        with session.begin_nested():
            session.execute(sa.text("SET LOCAL lock_timeout = '1s'"))
            session.execute(sa.text("LOCK TABLE trail IN SHARE ROW EXCLUSIVE MODE"))
    except sa.exc.OperationalError as busy:
        if getattr(busy.orig, "sqlstate", None) != "55P03":  # lock_not_available
            raise
        return False
    return True


def last_seal(session: Session) -> Seal | None:
    return next(iter(_seals(session, sa.select(*_SEAL).order_by(TrailSeal.id.desc()).limit(1))), None)


def seals_after(session: Session, seal_id: int, most: int) -> list[Seal]:
    """In the order they were made."""
    return _seals(session, sa.select(*_SEAL).where(TrailSeal.id > seal_id).order_by(TrailSeal.id).limit(most))


def entries_between(
    session: Session, after: int | None, up_to: int | None = None, *, most: int | None = None
) -> list[Entry]:
    """By number; `up_to` is included, `after` is not; None: from the first, to the last."""
    asked = sa.select(*_ENTRY).order_by(TrailEntry.id).limit(most)
    if after is not None:
        asked = asked.where(TrailEntry.id > after)
    if up_to is not None:
        asked = asked.where(TrailEntry.id <= up_to)
    return [Entry(*row) for row in session.execute(asked)]


@dataclass(frozen=True, slots=True)
class Reading:
    """One opening of a page with a person's vetting, by whom; `page` is its endpoint, empty where not noted.

    `is_list`: of a page about several people, on which this one may have stood.
    """

    at: datetime
    by: str
    page: str
    is_list: bool


def readings_of(session: Session, person_id: int, since: datetime) -> list[Reading]:
    """Readings of one person's vetting from that moment on, the latest first."""
    rows = session.execute(
        sa.select(TrailEntry.at, Account.name, TrailEntry.details, TrailEntry.subject)
        .join(Account, Account.id == TrailEntry.account_id)
        .where(
            TrailEntry.act == "read vetting",
            ((TrailEntry.subject == "person") & (TrailEntry.subject_id == person_id))
            | ((TrailEntry.subject == "people") & TrailEntry.subject_id.is_(None)),
            TrailEntry.at >= since,
        )
        .order_by(TrailEntry.id.desc())
    )
    return [
        Reading(at, by, details.get("page", ""), subject == "people") for at, by, details, subject in rows
    ]


def latest_at(session: Session) -> datetime | None:
    """The time of the newest entry."""
    return session.scalar(sa.select(TrailEntry.at).order_by(TrailEntry.id.desc()).limit(1))


def unsealed_since(session: Session) -> datetime | None:
    """The time of the oldest entry no seal covers yet, None where all are sealed."""
    sealed_to = sa.select(sa.func.coalesce(sa.func.max(TrailSeal.last_entry_id), 0)).scalar_subquery()
    return session.scalar(
        sa.select(TrailEntry.at).where(TrailEntry.id > sealed_to).order_by(TrailEntry.id).limit(1)
    )


_ENTRY = (
    TrailEntry.id,
    TrailEntry.at,
    TrailEntry.account_id,
    TrailEntry.act,
    TrailEntry.subject,
    TrailEntry.subject_id,
    TrailEntry.details,
)
_SEAL = (
    TrailSeal.id,
    TrailSeal.first_entry_id,
    TrailSeal.last_entry_id,
    TrailSeal.digest,
    TrailSeal.sealed_at,
)


def _seals(session: Session, asked: sa.Select[int, int, int, str, datetime]) -> list[Seal]:
    return [Seal(*row) for row in session.execute(asked)]
