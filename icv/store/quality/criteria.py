"""Criteria as listed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import london_day
from icv.rules.quality import Evidence, Level, Verdict
from icv.store.accounts import Account
from icv.store.quality.tables import Criterion
from icv.store.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """`changed_by` and `judged_by` are names of accounts, None where nobody's is on record.

    `judged_at` is of the verdict and the note; None where nobody has given their word yet.
    """

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
    judged_at: datetime | None
    judged_by: str | None
    version: int

    @property
    def judged_on(self) -> date | None:
        """None also where it was looked at and left open: that is no judgement."""
        return london_day(self.judged_at) if self.judged_at and self.verdict is not Verdict.OPEN else None

    @property
    def noted_on(self) -> date | None:
        return london_day(self.judged_at) if self.judged_at and self.note else None

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


_CHANGED_BY, _JUDGED_BY = aliased(Account), aliased(Account)
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
    _CHANGED_BY.name,
    Criterion.judged_at,
    _JUDGED_BY.name,
    Criterion.version,
)
_LISTED = _LISTED.outerjoin(_CHANGED_BY, _CHANGED_BY.id == Criterion.changed_by_id)
_LISTED = _LISTED.outerjoin(_JUDGED_BY, _JUDGED_BY.id == Criterion.judged_by_id)
