"""When the things an installation lives by last happened: the worker's beat, a backup."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.store.base import Base


class Event(StrEnum):
    WORKER_BEAT = "worker_beat"
    BACKUP = "backup"


class LastTime(Base):
    """One row an event: when it last happened. Nothing else is remembered of it."""

    __tablename__ = "last_times"

    event: Mapped[Event] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def last_time(session: Session, event: Event) -> datetime | None:
    return session.scalar(sa.select(LastTime.at).where(LastTime.event == event))


def happened(session: Session, event: Event, at: datetime) -> None:
    session.merge(LastTime(event=event, at=at))
