"""Criteria as listed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.quality import Evidence, Level, Verdict
from icv.store.accounts import Account
from icv.store.quality.tables import Criterion
from icv.store.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """`changed_by` is the name of an account, None where nobody's is on record."""

    id: int
    level: Level
    place: int
    code: str
    words: str
    evidence: Evidence
    at_least: int | None
    verdict: Verdict
    note: str
    changed_at: datetime
    changed_by: str | None
    version: int

    @property
    def changed_on(self) -> date:
        return london_day(self.changed_at)

    @property
    def title(self) -> str:
        """1.2 Visits are planned: as a list names it."""
        return f"{self.code} {self.words}".strip()


def criteria(session: Session) -> list[CriterionLine]:
    """All of them, by level from the least, each level in its own order."""
    levels = list(Level)
    found = [CriterionLine(*row) for row in session.execute(_LISTED).all()]
    return sorted(found, key=lambda one: (levels.index(one.level), one.place, one.id))


def criterion(session: Session, criterion_id: int) -> CriterionLine | None:
    row = session.execute(_LISTED.where(Criterion.id == criterion_id)).one_or_none()
    return CriterionLine(*row) if row else None


def was_removed(session: Session, criterion_id: int) -> bool:
    """Whether there was one of that number, and somebody took it out of the list."""
    removed = sa.select(TrailEntry.id).where(
        TrailEntry.subject == "criterion", TrailEntry.subject_id == criterion_id, TrailEntry.act == "remove"
    )
    return session.scalar(sa.select(removed.exists())) is True


_LISTED: sa.Select[*tuple[Any, ...]] = sa.select(
    Criterion.id,
    Criterion.level,
    Criterion.place,
    Criterion.code,
    Criterion.words,
    Criterion.evidence,
    Criterion.at_least,
    Criterion.verdict,
    Criterion.note,
    Criterion.changed_at,
    Account.name,
    Criterion.version,
).outerjoin(Account, Account.id == Criterion.changed_by_id)
