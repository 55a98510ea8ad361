"""Drafts: which there are, one with its head, and the words written over it."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import Period
from icv.rules.paper import PaperKind
from icv.rules.paper.head import Head
from icv.rules.paper.wording import Written
from icv.store.accounts import Account
from icv.store.papers.tables import PanelPaper, PaperWords


@dataclass(frozen=True, slots=True)
class Draft:
    """`restates` is the reference of the paper it will correct, for the reason in `why`."""

    id: int
    kind: PaperKind
    period: Period
    head: Head
    drafted_at: datetime
    drafted_by: str | None
    restates_id: int | None
    restates: str | None
    why: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    id: int
    kind: PaperKind
    title: str
    period_first: date
    period_last: date
    drafted_at: datetime
    drafted_by: str | None
    restates: str | None


_earlier = aliased(PanelPaper)
_DRAFTS = (
    sa.select(PanelPaper, Account.name.label("drafted_by"), _earlier.reference.label("restates"))
    .outerjoin(Account, Account.id == PanelPaper.drafted_by_id)
    .outerjoin(_earlier, _earlier.id == PanelPaper.restates_id)
    .where(PanelPaper.frozen_at.is_(None))
)


def draft(session: Session, paper_id: int) -> Draft | None:
    return _draft(session, _DRAFTS.where(PanelPaper.id == paper_id))


def held_draft(session: Session, paper_id: int) -> Draft | None:
    """Held until the transaction ends; None where it was frozen or discarded meanwhile."""
    return _draft(session, _DRAFTS.where(PanelPaper.id == paper_id).with_for_update(of=PanelPaper))


def _draft(session: Session, asked: sa.Executable) -> Draft | None:
    """As it is now, whatever the session read before."""
    found = session.execute(asked, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        return None
    paper, drafted_by, restates = found
    return Draft(
        paper.id,
        paper.kind,
        Period(paper.period_first, paper.period_last),
        Head(paper.title, paper.author, paper.marking, paper.purpose, paper.asked, paper.dated_on),
        paper.drafted_at,
        drafted_by,
        paper.restates_id,
        restates,
        paper.why,
    )


def drafts(session: Session) -> list[DraftLine]:
    """The latest first."""
    rows = session.execute(
        _DRAFTS.with_only_columns(
            PanelPaper.id,
            PanelPaper.kind,
            PanelPaper.title,
            PanelPaper.period_first,
            PanelPaper.period_last,
            PanelPaper.drafted_at,
            Account.name.label("drafted_by"),
            _earlier.reference.label("restates"),
        ).order_by(PanelPaper.drafted_at.desc(), PanelPaper.id.desc())
    )
    return [DraftLine(**row._mapping) for row in rows]


def words_over(session: Session, paper_id: int) -> list[Written]:
    """By block."""
    rows = session.execute(
        sa.select(
            PaperWords.block,
            PaperWords.words,
            PaperWords.live,
            PaperWords.is_left_out,
            PaperWords.after,
            Account.name.label("by"),
            PaperWords.written_at.label("at"),
        )
        .outerjoin(Account, Account.id == PaperWords.written_by_id)
        .where(PaperWords.paper_id == paper_id)
        .order_by(PaperWords.block)
    )
    return [Written(**row._mapping) for row in rows]


def draft_of(session: Session, kind: PaperKind, period: Period) -> int | None:
    """The draft of that kind and period, besides those that restate."""
    return session.scalar(
        sa.select(PanelPaper.id).where(
            PanelPaper.kind == kind,
            PanelPaper.period_first == period.first,
            PanelPaper.period_last == period.last,
            PanelPaper.frozen_at.is_(None),
            PanelPaper.restates_id.is_(None),
        )
    )
