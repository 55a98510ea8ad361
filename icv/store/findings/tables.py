"""The tables of findings, and of every event of their way from raised to closed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.findings import EventKind, FindingState
from icv.store.base import Base


class Finding(Base):
    """`put_on` is the day it was first put to the police, None while they may not see it."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    category: Mapped[str]
    state: Mapped[FindingState] = mapped_column(index=True)
    is_serious: Mapped[bool] = mapped_column(default=False)
    detail: Mapped[str] = mapped_column(default="")
    raised_on: Mapped[date] = mapped_column(index=True)
    put_on: Mapped[date | None]
    due_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    closed_on: Mapped[date | None]


class FindingEvent(Base):
    __tablename__ = "finding_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("findings.id"), index=True)
    kind: Mapped[EventKind]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
