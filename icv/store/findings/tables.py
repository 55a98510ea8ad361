"""The tables of findings, and of every event of their way from raised to closed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.findings import EventKind, FindingState
from icv.store.base import Base


class Finding(Base):
    """`put_on` is the day it was first put to the police, None while they may not see it.

    `check` is the check of the report that showed it, empty where none did.
    """

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), index=True)
    category: Mapped[str]
    state: Mapped[FindingState]
    is_serious: Mapped[bool] = mapped_column(default=False)
    detail: Mapped[str] = mapped_column(default="")
    raised_on: Mapped[date]
    put_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    replied_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    check: Mapped[str] = mapped_column("from_check", default="", server_default="")
    put_right_by: Mapped[str] = mapped_column(default="", server_default="")
    reminded_on: Mapped[date | None]
    escalated_on: Mapped[date | None]

    __table_args__ = (
        sa.Index("ix_findings_state", "state", "closed_on"),
        # What figures of a period ask of those raised in it: they find all this here.
        sa.Index(
            "ix_findings_raised_on",
            "raised_on",
            "category",
            "state",
            "is_serious",
            "due_on",
            "replied_on",
            "closed_on",
            "visit_id",
        ),
    )


class FindingTheme(Base):
    """A theme of a finding, such as strip search: one of the scheme's own words when it was given."""

    __tablename__ = "finding_themes"

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("findings.id"), primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True, index=True)


class FindingEvent(Base):
    """`by_words` names who did it where no account did: a custody officer who answered by a link."""

    __tablename__ = "finding_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("findings.id"), index=True)
    kind: Mapped[EventKind]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    by_words: Mapped[str] = mapped_column(default="", server_default="")


class FindingLink(Base):
    """A link by which somebody of the police without an account answers some findings, until `expires_at`.

    Opened with a code that is sent to the address when the link is first used; only digests are kept.
    """

    __tablename__ = "finding_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    code_digest: Mapped[str | None]
    code_sent_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    opened_digest: Mapped[str | None]
    opened_at: Mapped[datetime | None]


class LinkedFinding(Base):
    """A finding that a link leads to."""

    __tablename__ = "linked_findings"

    link_id: Mapped[int] = mapped_column(sa.ForeignKey("finding_links.id"), primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("findings.id"), primary_key=True, index=True)


class PublishedFinding(Base):
    """A finding beside its reply as the public reads it, in words without detainee or visitor."""

    __tablename__ = "published_findings"

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("findings.id"), primary_key=True)
    comment: Mapped[str]
    reply: Mapped[str]
    published_on: Mapped[date] = mapped_column(index=True)
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    withdrawn_on: Mapped[date | None]

    __table_args__ = (sa.CheckConstraint("comment != ''", name="says_something"),)
