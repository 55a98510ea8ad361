"""Other schemes' figures, as their own files say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.days import Period
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


@dataclass(frozen=True, slots=True)
class OtherLine:
    """One file in the list of them."""

    id: int
    scheme: str
    period: Period
    read_at: datetime


_LINE = (
    OtherFigures.id,
    OtherFigures.scheme,
    OtherFigures.period_first,
    OtherFigures.period_last,
    OtherFigures.read_at,
)


def other_figures(session: Session) -> Sequence[OtherLine]:
    """By scheme, the latest period first."""
    rows = session.execute(
        sa.select(*_LINE).order_by(
            OtherFigures.scheme, OtherFigures.period_last.desc(), OtherFigures.read_at.desc(), OtherFigures.id
        )
    )
    return [
        OtherLine(number, scheme, Period(first, last), read_at)
        for number, scheme, first, last, read_at in rows
    ]


def content_of(session: Session, figures_id: int) -> dict[str, Any] | None:
    """The file as it was read, None where it is not there (any more)."""
    return session.scalar(sa.select(OtherFigures.content).where(OtherFigures.id == figures_id))
