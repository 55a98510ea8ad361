"""Other schemes' figures, as their own files say them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class OtherFigures(Base):
    """One file of another scheme: `content` is the file as read, `digest` its own."""

    __tablename__ = "other_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str]
    period_first: Mapped[date]
    period_last: Mapped[date]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(unique=True)
    read_at: Mapped[datetime]
    read_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
