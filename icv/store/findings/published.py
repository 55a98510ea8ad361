"""Findings beside their replies as anybody may read them, and as the coordinator publishes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.findings import PUBLISHABLE, EventKind, FindingState
from icv.store.findings.tables import Finding, FindingEvent, PublishedFinding
from icv.store.suites import Suite
from icv.store.visits import Visit


@dataclass(frozen=True, slots=True)
class PublicFinding:
    """What the public reads: of the day it was raised the month alone, and nothing that leads inside."""

    suite: str
    category: str
    month: date
    comment: str
    reply: str


def public_findings(session: Session, period: Period, suite: str | None) -> list[PublicFinding]:
    """Those raised in the period, by suite, then the latest month first. Taken up again, one is not shown."""
    asked = (
        sa.select(
            Suite.name, Finding.category, Finding.raised_on, PublishedFinding.comment, PublishedFinding.reply
        )
        .join_from(PublishedFinding, Finding, Finding.id == PublishedFinding.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(*_IS_PUBLIC, Finding.raised_on.between(period.first, period.last))
        .order_by(Suite.name, Finding.category, PublishedFinding.comment)
    )
    if suite is not None:
        asked = asked.where(Suite.name == suite)
    found = [
        PublicFinding(name, category, raised_on.replace(day=1), comment, reply)
        for name, category, raised_on, comment, reply in session.execute(asked)
    ]
    return sorted(found, key=lambda one: (one.suite, -one.month.toordinal()))


def public_suites(session: Session) -> list[str]:
    """Names of suites of which anything is published."""
    return list(
        session.scalars(
            sa.select(Suite.name)
            .join(Visit, Visit.suite_id == Suite.id)
            .join(Finding, Finding.visit_id == Visit.id)
            .join(PublishedFinding, PublishedFinding.finding_id == Finding.id)
            .where(*_IS_PUBLIC)
            .distinct()
            .order_by(Suite.name)
        )
    )


def public_days(session: Session) -> list[date]:
    """The days on which what is published was raised, the latest first: to say which quarters there are."""
    return list(
        session.scalars(
            sa.select(Finding.raised_on)
            .join(PublishedFinding, PublishedFinding.finding_id == Finding.id)
            .where(*_IS_PUBLIC)
            .distinct()
            .order_by(Finding.raised_on.desc())
        )
    )


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published of a finding, as the coordinator sees it."""

    finding_id: int
    reference: str
    suite: str
    state: FindingState
    comment: str
    reply: str
    published_on: date
    withdrawn_on: date | None

    @property
    def is_shown(self) -> bool:
        return self.withdrawn_on is None and self.state in PUBLISHABLE


def publication_of(session: Session, finding_id: int) -> Publication | None:
    found = session.execute(_publications().where(Finding.id == finding_id)).one_or_none()
    return Publication(*found) if found else None


def publications(session: Session, *, page: int, size: int) -> list[Publication]:
    """All of them, withdrawn ones too, the latest first."""
    rows = session.execute(
        _publications()
        .order_by(PublishedFinding.published_on.desc(), Finding.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [Publication(*row) for row in rows]


def how_many_publications(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(PublishedFinding)) or 0


def replies_to(session: Session, finding_id: int) -> Sequence[str]:
    """The words of the police, in the order they came."""
    return session.scalars(
        sa.select(FindingEvent.text)
        .where(FindingEvent.finding_id == finding_id, FindingEvent.kind == EventKind.REPLIED)
        .order_by(FindingEvent.id)
    ).all()


def _publications() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Finding.id,
            Finding.reference,
            Suite.name,
            Finding.state,
            PublishedFinding.comment,
            PublishedFinding.reply,
            PublishedFinding.published_on,
            PublishedFinding.withdrawn_on,
        )
        .join_from(PublishedFinding, Finding, Finding.id == PublishedFinding.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
    )


_IS_PUBLIC = (PublishedFinding.withdrawn_on.is_(None), Finding.state.in_(PUBLISHABLE))
