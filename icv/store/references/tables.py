"""Referees of applicants, and the links by which they answer."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class Referee(Base):
    """Somebody an applicant named. Asked by letter, chased once, failed when `fails_on` has passed.

    `answer` is by the name of each question, None until `answered_at`; `is_on_paper`: typed in by the office.
    One that is given up counts no more (`given_up_on`), so that another may be named.
    """

    __tablename__ = "referees"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    relation: Mapped[str] = mapped_column(default="")
    named_on: Mapped[date]
    asked_at: Mapped[datetime | None]
    chased_at: Mapped[datetime | None]
    fails_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    is_on_paper: Mapped[bool] = mapped_column(default=False)
    given_up_on: Mapped[date | None]


class ReferenceLink(Base):
    """A link by which a referee answers: each letter carries its own, and all of them work until answered."""

    __tablename__ = "reference_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    referee_id: Mapped[int] = mapped_column(sa.ForeignKey("referees.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
