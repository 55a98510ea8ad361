"""The referees an applicant named, and what became of each: part of what the path looks at."""

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
