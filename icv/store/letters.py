"""Letters waiting to go out, written in the transaction of the act that causes them."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class LetterState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    MAY_HAVE_BEEN_SENT = "may_have_been_sent"


class Letter(Base):
    """One letter a purpose and person: `key` is unique, `message_id` stable through every try.

    A security letter goes again after a crash in mid-send; another is left as may have been sent.
    """

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    to_email: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    is_security: Mapped[bool] = mapped_column(default=False)
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING, index=True)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
