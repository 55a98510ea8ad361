"""Rotas being drawn by the worker: what was asked, how far it is, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.drawing import AT_WORK, DrawState
from icv.store.base import Base


class Draw(Base):
    """One drawing. `asked` holds the suites and the drafts to replace, as the form gave them.

    `best` is how many visits stay empty in the best rota so far, `bound` fewer than which none can.
    `seen_at` moves while the worker is at it: one that stood still is taken up again. `turn` is 1 until it
    has ended, and unique: one is drawn at a time.
    """

    __tablename__ = "draws"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    asked: Mapped[dict[str, Any]]
    state: Mapped[DrawState] = mapped_column(default=DrawState.WAITING, index=True)
    turn: Mapped[int | None] = mapped_column(unique=True)
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


@dataclass(frozen=True, slots=True)
class DrawLine:
    """How a drawing stands."""

    id: int
    first_on: date
    last_on: date
    state: DrawState
    asked_at: datetime
    began_at: datetime | None
    seen_at: datetime | None
    phase: str
    best: int | None
    bound: int | None
    is_stopping: bool
    rota_id: int | None
    trouble: str


def draw_line(session: Session, draw_id: int) -> DrawLine | None:
    row: Sequence[Any] | None = session.execute(sa.select(*_LINE).where(Draw.id == draw_id)).one_or_none()
    return DrawLine(*row) if row else None


def draw_at_work(session: Session) -> int | None:
    """The id of the one that waits or is being drawn."""
    return session.scalar(sa.select(Draw.id).where(Draw.state.in_(AT_WORK)))


def draw_waits(session: Session) -> bool:
    """Whether one is asked for that nobody has begun."""
    return session.scalar(sa.select(Draw.id).where(Draw.state == DrawState.WAITING)) is not None


_LINE = (
    Draw.id,
    Draw.first_on,
    Draw.last_on,
    Draw.state,
    Draw.asked_at,
    Draw.began_at,
    Draw.seen_at,
    Draw.phase,
    Draw.best,
    Draw.bound,
    Draw.stop_asked_at.is_not(None),
    Draw.rota_id,
    Draw.trouble,
)
