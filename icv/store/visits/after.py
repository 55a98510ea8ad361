"""The tables of what follows a filed report: the other visitor's word, addenda, and copies kept apart."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.report import Group
from icv.rules.signing import Answer, Signed, SubmissionState
from icv.store.base import Base


class Countersign(Base):
    """What the visitor who did not send the report says of it, once: it stands as they said it.

    `made_by_id` is another's account where the coordinator entered it, or the two signed together.
    """

    __tablename__ = "countersigns"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("reports.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    answer: Mapped[Answer]
    how: Mapped[Signed]
    words: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    __table_args__ = (
        sa.CheckConstraint("answer = 'agrees' OR words != ''", name="says_what_else"),
        sa.CheckConstraint("how != 'together' OR answer = 'agrees'", name="together_is_agreed"),
        sa.Index(
            "ix_countersigns_disagreeing",
            "made_at",
            sqlite_where=sa.text("answer = 'disagrees'"),
            postgresql_where=sa.text("answer = 'disagrees'"),
        ),
    )


class Addendum(Base):
    """A later word on a filed report, shown beside it. Never changed."""

    __tablename__ = "addenda"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("reports.id"), index=True)
    words: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    __table_args__ = (sa.CheckConstraint("words != ''", name="says_something"),)


class VisitCount(Base):
    """One of a visit's counts for one group of people, such as those offered a visit who were 14 to 17.

    There only where a report split that count; what was left to work out is worked out here.
    """

    __tablename__ = "visit_counts"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), primary_key=True)
    counted: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[Group] = mapped_column(primary_key=True)
    number: Mapped[int]

    __table_args__ = (sa.CheckConstraint("number >= 0", name="not_below_zero"),)


class Submission(Base):
    """A report as a phone sent it, known by the phone's own id and the digest of what it sent.

    The same id and digest again is the same submission. Where another report of the visit had been filed,
    or the same id came with another content, the row is kept `apart` with its `content` for the coordinator;
    so is what comes in from somebody who holds no duty on the visit any more (`is_after_duty`).
    """

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[str]
    digest: Mapped[str]
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    state: Mapped[SubmissionState] = mapped_column(index=True)
    form_version: Mapped[int]
    content: Mapped[dict[str, Any] | None]
    received_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    is_after_duty: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (sa.UniqueConstraint("submission_id", "digest"),)
