"""Freezing: the draft becomes a paper that never changes, and the panel is told."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.digests import digest_of
from icv.rules.paper.written import paper_as_json
from icv.rules.references import next_reference
from icv.services.papers.errors import PaperError
from icv.services.papers.opening import OpenDraft, held
from icv.services.papers.telling import tell_panel
from icv.store.papers import PanelPaper, keep_others_from_freezing, references_given
from icv.store.trail import note


def held_for_freezing(session: Session, paper_id: int, *, today: date) -> OpenDraft | None:
    """As `held`, and nobody else freezes another meanwhile."""
    keep_others_from_freezing(session)
    return held(session, paper_id, today=today)


def freeze(
    session: Session, whole: OpenDraft, seal: str, *, by: Actor, at: datetime, link: str
) -> tuple[str, int]:
    """Its reference, and how many are told. `whole` is what `held_for_freezing` gave in this transaction.

    `seal` is that of the draft that was looked at, `link` the address of the paper. Raises PaperError, and
    then nothing has changed.
    """
    paper_id = whole.draft.id
    _refuse(whole, seal)
    reference = next_reference(f"{london_day(at).year}-P", references_given(session))
    paper = whole.under(reference)
    content: dict[str, Any] = paper_as_json(paper)
    session.execute(
        sa.update(PanelPaper)
        .where(PanelPaper.id == paper_id)
        .values(
            reference=reference,
            content=content,
            digest=digest_of(content),
            frozen_at=at,
            frozen_by_id=by.account_id,
        )
    )
    told = tell_panel(session, paper_id, paper, link, at=at)
    note(session, "freeze paper", "paper", paper_id, by=by.account_id, at=at, reference=reference, told=told)
    return reference, told


def _refuse(whole: OpenDraft, seal: str) -> None:
    waiting = len(whole.unsettled)
    if waiting:
        which = "one paragraph" if waiting == 1 else f"{waiting} paragraphs"
        raise PaperError(
            f"The figures behind {which} that you wrote over have changed since. Keep your words or take the"
            " new ones first: the draft points them out."
        )
    if not whole.paper.blocks:
        raise PaperError("Nothing is left in this paper: put something back in first.")
    if whole.seal != seal:
        raise PaperError(
            "Something has changed since you looked: a figure, or somebody’s words. This is how it is now."
            " Nothing is frozen, and nobody has been told."
        )
