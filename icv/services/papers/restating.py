"""Restating: a new draft beside a frozen paper, which stays as it was sent."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period, london_day
from icv.rules.paper.head import Head
from icv.rules.paper.written import paper_from_json
from icv.services.papers.errors import PaperError
from icv.store.papers import FrozenPaper, add_draft, frozen_paper
from icv.store.trail import note

MOST_WHY = 500
"""Characters of the reason."""


def restate(session: Session, paper_id: int, why: str, *, by: Actor, at: datetime) -> int:
    """The id of the new draft. Raises PaperError where it is restated already, or no such paper is frozen."""
    why = why.strip()
    if not why:
        raise PaperError("Say why it is restated: the panel will read it.", field="why")
    frozen = frozen_paper(session, paper_id)
    if frozen is None:
        raise PaperError("Only a frozen paper can be restated: a draft can be changed.")
    begun = None
    if frozen.restated_by_id is None:
        begun = add_draft(
            session,
            frozen.kind,
            Period(frozen.period_first, frozen.period_last),
            _head(frozen, by, at),
            by=by.account_id,
            at=at,
            restates_id=paper_id,
            why=why,
        )
    if begun is None:
        raise PaperError(_already(frozen_paper(session, paper_id)))
    note(session, "restate paper", "paper", begun, by=by.account_id, at=at, restates=paper_id)
    return begun


def _already(frozen: FrozenPaper | None) -> str:
    if frozen and frozen.is_restated:
        return f"{frozen.reference} was restated by {frozen.restated_by}: restate that one."
    return "A restatement of this paper is drafted already: go on with that one."


def _head(frozen: FrozenPaper, by: Actor, at: datetime) -> Head:
    """As it was sent, by whoever restates it, for today."""
    paper = paper_from_json(frozen.content)
    head = Head(paper.title, by.name, paper.marking, paper.purpose, paper.asked, london_day(at))
    title = paper.title.removesuffix(" (restated)")
    return replace(head, title=f"{title} (restated)")
