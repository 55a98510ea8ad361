"""The tables of visits, of the duties of their two visitors, and of the reports they file."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.visits import COUNTS, HELD, TO_DETAINEES, DutyState, Mode, Outcome, VisitKind
from icv.store.base import Base


class Visit(Base):
    """The register entry of a visit, planned or extra: what figures are computed from.

    `reference` is public and unique. `week_ends_on` decides the period a scheduled visit belongs to.
    Counts are all None (not known) or all numbers; those that cannot reconcile carry a reason. `place` is
    where a dog-welfare visit goes, if not to the suite: the suite's police answer what is found there.
    """

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    suite_id: Mapped[int] = mapped_column(sa.ForeignKey("suites.id"), index=True)
    rota_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rotas.id"), index=True)
    kind: Mapped[VisitKind] = mapped_column(default=VisitKind.CUSTODY)
    place: Mapped[str] = mapped_column(default="", server_default="")
    week_starts_on: Mapped[date] = mapped_column(index=True)
    week_ends_on: Mapped[date]
    is_scheduled: Mapped[bool]
    mode: Mapped[Mode] = mapped_column(default=Mode.IN_PERSON)
    outcome: Mapped[Outcome | None]
    cancelled_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    arrived_at: Mapped[datetime | None]
    admitted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    in_custody: Mapped[int | None]
    offered: Mapped[int | None]
    accepted: Mapped[int | None]
    declined: Mapped[int | None]
    not_offered: Mapped[int | None]
    not_available: Mapped[int | None]
    observed_only: Mapped[int | None]

    __table_args__ = (
        sa.CheckConstraint("week_ends_on >= week_starts_on", name="week_in_order"),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome != 'cancelled' OR (cancelled_on IS NOT NULL AND reason != '')",
            name="cancelled_with_reason",
        ),
        # Whatever counts scheduled visits, rotas or arrivals counts no other strand.
        sa.CheckConstraint(
            "kind IN ('custody', 'terrorism')"
            " OR (NOT is_scheduled AND rota_id IS NULL AND arrived_at IS NULL)",
            name="strands_apart",
        ),
        # Those that are still to come or to be reported: few, and asked for on every page of today.
        sa.Index(
            "ix_visits_without_outcome",
            "week_ends_on",
            sqlite_where=sa.text("outcome IS NULL"),
            postgresql_where=sa.text("outcome IS NULL"),
        ),
        # When, where, and what became of it: figures of a period find all this of its visits here, those of
        # the share by the week, and those of what was done by the arrival.
        sa.Index(
            "ix_visits_week_ends_on",
            "week_ends_on",
            "kind",
            "is_scheduled",
            "outcome",
            "suite_id",
            "week_starts_on",
            "cancelled_on",
            "arrived_at",
        ),
        sa.Index(
            "ix_visits_arrived_at",
            "arrived_at",
            "week_ends_on",
            "kind",
            "outcome",
            "suite_id",
            "admitted_at",
            "mode",
            "is_scheduled",
            *COUNTS,
        ),
        # What is found at these few counts apart from what is found at custody visits.
        sa.Index(
            "ix_visits_of_other_kinds",
            "id",
            sqlite_where=sa.text("kind != 'custody'"),
            postgresql_where=sa.text("kind != 'custody'"),
        ),
    )


class Duty(Base):
    """One visitor's place (1 or 2) on a visit. At most one held duty a place, and one a visitor.

    `uid` and `sequence` follow the duty through calendars; `changed_at` moves with every change.
    `was_answered_for`: the coordinator gave the answer for the visitor.
    """

    __tablename__ = "duties"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    place: Mapped[int]
    state: Mapped[DutyState]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    changed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    overridden: Mapped[str] = mapped_column(default="")
    was_answered_for: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (
        sa.CheckConstraint("place IN (1, 2)", name="place_of_two"),
        sa.Index("ix_duties_visit_id", "visit_id", "state", "person_id"),
        sa.Index(
            "uq_duties_held_place",
            "visit_id",
            "place",
            unique=True,
            sqlite_where=sa.text("state IN ('offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('offered', 'accepted')"),
        ),
        sa.Index(
            "uq_duties_held_person",
            "visit_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("state IN ('offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('offered', 'accepted')"),
        ),
    )

    def become(self, state: DutyState, reason: str, *, at: datetime) -> None:
        """Calendars pass over a change that does not count the sequence up."""
        self.state, self.reason = state, reason
        self.sequence, self.changed_at = self.sequence + 1, at


IS_TO_COME = sa.and_(Duty.state.in_(HELD), Visit.outcome.is_(None), Visit.arrived_at.is_(None))
"""Whether a duty, joined with its visit, is still before its visitor."""

IS_TO_DETAINEES = Visit.kind.in_(TO_DETAINEES)
"""Whether a visit counts as one: record reviews and dog-welfare visits have counters of their own."""


class Report(Base):
    """The report of a visit, shared by its pair: a draft until `filed_at`, then never changed.

    One row a visit: sending twice, or from two phones, cannot make two. `content` is what was filed,
    `digest` its SHA-256, `reference` the receipt's. From `numbers_removed_on` the content names nobody by
    custody number, and `digest_of_rest` vouches for what is left of it.
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), unique=True)
    form_version: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    filed_at: Mapped[datetime | None] = mapped_column(index=True)
    filed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    reference: Mapped[str | None] = mapped_column(unique=True)
    content: Mapped[dict[str, Any] | None]
    digest: Mapped[str | None]
    numbers_removed_on: Mapped[date | None]
    digest_of_rest: Mapped[str | None]


class ReportSection(Base):
    """The answers of one section, contact or finding of a draft: `arrival`, `contact-2`.

    `version` grows with each save: a clash is seen. `sent_key` is the phone's own name for a contact or a
    finding that it added. Gone once the report is filed, whose content has all.
    """

    __tablename__ = "report_sections"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("reports.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    version: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    sent_key: Mapped[str | None]

    __table_args__ = (sa.UniqueConstraint("report_id", "sent_key"),)


class Contact(Base):
    """A detainee of a filed report, met or looked for, by custody number only.

    `checks`: yes, no or not asked.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("reports.id"), index=True)
    custody_number: Mapped[str]
    was_seen: Mapped[bool]
    why_not_seen: Mapped[str] = mapped_column(default="")
    consents_to_talk: Mapped[bool | None]
    consents_to_record: Mapped[bool | None]
    checks: Mapped[dict[str, Any]]
    remarks: Mapped[str] = mapped_column(default="")
    is_child: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    is_vulnerable: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (
        sa.UniqueConstraint("report_id", "custody_number"),
        # Figures ask for these alone, and for nothing else of them: `IS_OF_NOTE`.
        sa.Index(
            "ix_contacts_of_note",
            "report_id",
            "was_seen",
            "why_not_seen",
            "is_child",
            "is_vulnerable",
            sqlite_where=sa.text("was_seen = 0 OR is_child = 1 OR is_vulnerable = 1"),
            postgresql_where=sa.text("NOT was_seen OR is_child OR is_vulnerable"),
        ),
    )


IS_OF_NOTE = ~Contact.was_seen | Contact.is_child | Contact.is_vulnerable
"""Somebody who was not seen, or who is to be seen before others."""
