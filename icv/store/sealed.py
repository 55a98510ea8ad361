"""The day and time a pair agreed between themselves, and when it was opened in an emergency."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class SealedTime(Base):
    """Proposed by one of the pair, agreed by the other. Read only by queries that know one of them asks."""

    __tablename__ = "sealed_times"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), primary_key=True)
    starts_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


class SealOpening(Base):
    """That a coordinator opened a sealed time in an emergency, and why. Both of the pair are told."""

    __tablename__ = "seal_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    reason: Mapped[str]
