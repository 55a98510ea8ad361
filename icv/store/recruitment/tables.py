"""Applications of the public page, and diversity answers, which are counts from the moment they are given."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class Application(Base):
    """Begun on the public page, saved page by page, sent once. Only the digests of its tokens are kept.

    `token_digest` is of the device that goes on with it, `link_digest` of a link that nobody has opened yet.
    `person_id` is the record it has become; sent without one, the address was known already and the
    coordinator decides: `outcome` is what was said where it became no record. `answers` is by the name of
    each page, then of its field.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("rounds.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    link_digest: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]]
    began_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), unique=True)


class MonitoringCount(Base):
    """How many gave an answer to a diversity question in a round. No row is about anybody."""

    __tablename__ = "monitoring_counts"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("rounds.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
