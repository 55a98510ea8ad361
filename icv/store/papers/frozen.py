"""Frozen papers: as they were sent, and where each was restated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Action, Actor
from icv.rules.days import Period
from icv.rules.paper import PaperKind
from icv.store.accounts import Account
from icv.store.papers.drafts import Draft, draft
from icv.store.papers.tables import PanelPaper


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """`restated_by` is the reference of the paper that corrects it, `restates` of the one it corrects."""

    id: int
    reference: str
    kind: PaperKind
    title: str
    period_first: date
    period_last: date
    dated_on: date
    frozen_at: datetime
    restates: str | None
    restated_by: str | None


@dataclass(frozen=True, slots=True)
class FrozenPaper:
    """`content` is the document as JSON. `restated_by_id` is a draft’s until `restated_at`."""

    id: int
    reference: str
    kind: PaperKind
    title: str
    period_first: date
    period_last: date
    marking: str
    frozen_at: datetime
    frozen_by: str | None
    content: Mapping[str, Any]
    digest: str
    restates_id: int | None
    restates: str | None
    restated_by_id: int | None
    restated_by: str | None
    restated_at: datetime | None

    @property
    def is_restated(self) -> bool:
        return self.restated_at is not None


_earlier, _later = aliased(PanelPaper), aliased(PanelPaper)
_FROZEN = (
    sa.select(
        PanelPaper.id,
        PanelPaper.reference,
        PanelPaper.kind,
        PanelPaper.title,
        PanelPaper.period_first,
        PanelPaper.period_last,
        PanelPaper.frozen_at,
        _earlier.reference.label("restates"),
        _later.reference.label("restated_by"),  # a draft has no reference yet
    )
    .outerjoin(_earlier, _earlier.id == PanelPaper.restates_id)
    .outerjoin(_later, _later.restates_id == PanelPaper.id)
    .where(PanelPaper.frozen_at.is_not(None))
)


def frozen_papers(session: Session, *, page: int = 1, size: int = 50) -> list[FrozenLine]:
    """The latest first."""
    rows = session.execute(
        _FROZEN.add_columns(PanelPaper.dated_on)
        .order_by(PanelPaper.frozen_at.desc(), PanelPaper.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [FrozenLine(**row._mapping) for row in rows]


def how_many_frozen(session: Session) -> int:
    counted = sa.select(sa.func.count()).select_from(PanelPaper).where(PanelPaper.frozen_at.is_not(None))
    return session.scalar(counted) or 0


def frozen_paper(session: Session, paper_id: int) -> FrozenPaper | None:
    row = session.execute(
        _FROZEN.add_columns(
            PanelPaper.marking,
            Account.name.label("frozen_by"),
            PanelPaper.content,
            PanelPaper.digest,
            PanelPaper.restates_id,
            _later.id.label("restated_by_id"),
            _later.frozen_at.label("restated_at"),
        )
        .outerjoin(Account, Account.id == PanelPaper.frozen_by_id)
        .where(PanelPaper.id == paper_id)
    ).one_or_none()
    return FrozenPaper(**row._mapping) if row else None


def paper_seen_by(session: Session, actor: Actor, paper_id: int) -> Draft | FrozenPaper | None:
    """Drafts are for those who write papers alone."""
    if not actor.may(Action.SEE_PAPERS):
        return None
    drafted = draft(session, paper_id) if actor.may(Action.WRITE_PAPER) else None
    return drafted or frozen_paper(session, paper_id)


def standing_for(session: Session, kind: PaperKind, period: Period) -> tuple[int, str] | None:
    """The frozen paper of that kind and period that nothing restates: its id and reference."""
    row = session.execute(
        sa.select(PanelPaper.id, PanelPaper.reference)
        .outerjoin(_later, sa.and_(_later.restates_id == PanelPaper.id, _later.frozen_at.is_not(None)))
        .where(
            PanelPaper.kind == kind,
            PanelPaper.period_first == period.first,
            PanelPaper.period_last == period.last,
            PanelPaper.frozen_at.is_not(None),
            _later.id.is_(None),
        )
        .order_by(PanelPaper.frozen_at.desc())
        .limit(1)
    ).one_or_none()
    return (row[0], row[1] or "") if row else None


def keep_others_from_freezing(session: Session) -> None:
    """Until the transaction ends nobody else freezes a paper; a writer on SQLite is alone already."""
    session.execute(sa.select(PanelPaper.id).order_by(PanelPaper.id).with_for_update())


def references_given(session: Session) -> set[str]:
    given = session.scalars(sa.select(PanelPaper.reference).where(PanelPaper.reference.is_not(None)))
    return {reference for reference in given if reference}
