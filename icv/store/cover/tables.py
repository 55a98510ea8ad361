"""The tables of cover: requests that somebody else makes a visit, and whom they were put to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.cover import CoverAnswer, CoverKind, CoverState
from icv.store.base import Base


class CoverRequest(Base):
    """Of one duty, which stays its holder's until somebody takes it. At most one open a duty.

    `asked_by_id` is the account that asked: the coordinator's where they acted for the visitor.
    """

    __tablename__ = "cover_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(sa.ForeignKey("duties.id"), index=True)
    kind: Mapped[CoverKind]
    state: Mapped[CoverState] = mapped_column(default=CoverState.OPEN)
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    settled_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    __table_args__ = (
        sa.Index(
            "uq_cover_requests_open",
            "duty_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
    )


class CoverAsk(Base):
    """Somebody a request was put to. `offered_duty_id`: of a swap, the duty they would give for it."""

    __tablename__ = "cover_asks"

    request_id: Mapped[int] = mapped_column(sa.ForeignKey("cover_requests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    offered_duty_id: Mapped[int | None] = mapped_column(sa.ForeignKey("duties.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[CoverAnswer | None]
    answered_at: Mapped[datetime | None]
