"""The tables of panel papers, and of the words a coordinator wrote over drafted ones."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.paper import PaperKind
from icv.store.base import Base

OPEN = sa.text("frozen_at IS NULL AND restates_id IS NULL")
OF_A_DRAFT = ("kind", "period_first", "period_last")
"""Of one kind and period there is one draft, besides those that restate."""


class PanelPaper(Base):
    """A draft until `frozen_at`; then `content` is the whole document, and nothing of it ever changes.

    `restates_id`: the frozen paper this one corrects, for the reason in `why`. A paper is restated once: what
    corrects it again restates its restatement.
    """

    __tablename__ = "panel_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind]
    title: Mapped[str]
    period_first: Mapped[date]
    period_last: Mapped[date]
    dated_on: Mapped[date]
    author: Mapped[str]
    marking: Mapped[str]
    purpose: Mapped[str]
    asked: Mapped[str]
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    restates_id: Mapped[int | None] = mapped_column(sa.ForeignKey("panel_papers.id"), unique=True)
    why: Mapped[str] = mapped_column(default="")
    reference: Mapped[str | None] = mapped_column(unique=True)
    frozen_at: Mapped[datetime | None] = mapped_column(index=True)
    frozen_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    content: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    digest: Mapped[str | None]

    __table_args__ = (
        sa.CheckConstraint("period_first <= period_last", name="ends_after_it_begins"),
        sa.CheckConstraint("restates_id IS NULL OR why != ''", name="restated_for_a_reason"),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (reference IS NULL) AND (frozen_at IS NULL) = (digest IS NULL)"
            " AND (frozen_at IS NULL) = (content IS NULL)",
            name="frozen_whole",
        ),
        sa.Index("uq_panel_papers_draft", *OF_A_DRAFT, unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )


class PaperWords(Base):
    """What the coordinator wrote at a block of a draft. `live` is what the figures said there at that time.

    Where the figures say something else now, the words must be read again. `is_left_out`: the block does not
    appear; its words are kept. `after`: a paragraph of their own, which follows that block.
    """

    __tablename__ = "paper_words"

    paper_id: Mapped[int] = mapped_column(sa.ForeignKey("panel_papers.id"), primary_key=True)
    block: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(default="")
    live: Mapped[str] = mapped_column(default="")
    is_left_out: Mapped[bool] = mapped_column(default=False)
    after: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
