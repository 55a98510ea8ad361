"""Rotas being drawn by the worker: what was asked, how far it is, and what came of it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.drawing import DrawState
from icv.store.base import Base


class Draw(Base):
    """One drawing. `asked` holds the suites and the drafts to replace, as the form gave them.

    `best` is how many visits stay empty in the best rota so far, `bound` fewer than which none can.
    `seen_at` moves while the worker is at it: one that stood still is taken up again.
    """

    __tablename__ = "draws"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    asked: Mapped[dict[str, Any]]
    state: Mapped[DrawState] = mapped_column(default=DrawState.WAITING, index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    began_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    stop_asked_at: Mapped[datetime | None]
    phase: Mapped[str] = mapped_column(default="")
    best: Mapped[int | None]
    bound: Mapped[int | None]
    rota_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rotas.id"))
    trouble: Mapped[str] = mapped_column(default="")
