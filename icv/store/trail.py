"""The trail: who did what to which record, in ids only; added to, never changed, sealed in batches."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

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
    """The hash of a batch of entries and of the seal before it. Made by one sealer alone, in the worker."""

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
