"""Rotas: the period, how it was drawn, and the places of a draft. Publishing makes visits of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class RotaState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Rota(Base):
    """`certificate` is the planner's: goal, value, bound and whether proven, a line each."""

    __tablename__ = "rotas"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    state: Mapped[RotaState] = mapped_column(default=RotaState.DRAFT)
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    certificate: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class DraftVisit(Base):
    """A visit of a draft: drafts never stand among the visits, so nothing can count or leak one."""

    __tablename__ = "draft_visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    rota_id: Mapped[int] = mapped_column(sa.ForeignKey("rotas.id"), index=True)
    suite_id: Mapped[int] = mapped_column(sa.ForeignKey("suites.id"))
    week_starts_on: Mapped[date]
    week_ends_on: Mapped[date]
    visitor_1_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    visitor_2_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    is_locked_1: Mapped[bool] = mapped_column(default=False)
    is_locked_2: Mapped[bool] = mapped_column(default=False)
    suggested_slots: Mapped[list[Any]]

    __table_args__ = (sa.CheckConstraint("visitor_1_id != visitor_2_id", name="two_visitors"),)
