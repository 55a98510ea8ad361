"""Drafts begun: two people who begin the same at once begin one."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.paper import PaperKind
from icv.rules.paper.head import Head
from icv.store.papers.tables import PanelPaper


def add_draft(
    session: Session,
    kind: PaperKind,
    period: Period,
    head: Head,
    *,
    by: int,
    at: datetime,
    restates_id: int | None = None,
    why: str = "",
) -> int | None:
    """Its id; None where such a draft, or another restatement of that paper, is there already."""
    values: dict[str, Any] = {
        "kind": kind,
        "period_first": period.first,
        "period_last": period.last,
        "title": head.title,
        "author": head.author,
        "marking": head.marking,
        "purpose": head.purpose,
        "asked": head.asked,
        "dated_on": head.dated_on,
        "drafted_at": at,
        "drafted_by_id": by,
        "restates_id": restates_id,
        "why": why,
    }
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    added: int | None = session.scalar(
        insert(PanelPaper).values(**values).on_conflict_do_nothing().returning(PanelPaper.id)
    )
    return added
