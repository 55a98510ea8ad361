"""Beginning a draft, changing its head, and discarding it."""

from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period, london_day
from icv.rules.paper import PaperKind
from icv.rules.paper.head import Head, usual_head
from icv.services.papers.errors import PaperError
from icv.services.papers.opening import held_unopened
from icv.store.papers import PanelPaper, PaperWords, add_draft, draft_of, standing_for
from icv.store.scheme import choices_on
from icv.store.trail import note


def begin(session: Session, kind: PaperKind, period: Period, *, by: Actor, at: datetime) -> int:
    """The draft’s id; of one that is there already, that one’s.

    Raises PaperError where one of that kind and period is frozen: what differs now is said by restating it.
    """
    frozen = standing_for(session, kind, period)
    if frozen:
        raise PaperError(
            f"The {kind.words.lower()} of this period was sent as {frozen[1]}. To say what has changed since,"
            " open it and restate it."
        )
    today = london_day(at)
    choices = choices_on(session, today)
    head = usual_head(kind, period, author=by.name, dated_on=today, choices=choices)
    begun = add_draft(session, kind, period, head, by=by.account_id, at=at)
    if begun is None:
        return draft_of(session, kind, period) or _gone()
    note(session, "draft paper", "paper", begun, by=by.account_id, at=at)
    return begun


def _gone() -> int:
    raise PaperError("Somebody else began this draft and discarded it just now. Try again.")


def change_head(session: Session, paper_id: int, head: Head, seen: str, *, by: Actor, at: datetime) -> None:
    """`seen` is the stamp of the head that was changed: see `Head.stamp`."""
    now = held_unopened(session, paper_id).head
    if now == head:
        return
    if now.stamp != seen:
        raise PaperError(
            "Somebody else changed this meanwhile. It now reads: "
            + "; ".join(f"“{said}”" for said in _differing(now, head))
            + ". What you typed is still here: send it again to put it in place of that."
        )
    session.execute(
        sa.update(PanelPaper)
        .where(PanelPaper.id == paper_id)
        .values({field.name: getattr(head, field.name) for field in fields(Head)})
    )
    note(session, "change head of paper", "paper", paper_id, by=by.account_id, at=at)


def _differing(now: Head, typed: Head) -> list[str]:
    pairs = ((getattr(now, field.name), getattr(typed, field.name)) for field in fields(Head))
    return [str(one) for one, other in pairs if one != other]


def discard(session: Session, paper_id: int, *, by: Actor, at: datetime) -> None:
    """With all that was written over it."""
    held_unopened(session, paper_id)
    session.execute(sa.delete(PaperWords).where(PaperWords.paper_id == paper_id))
    session.execute(sa.delete(PanelPaper).where(PanelPaper.id == paper_id))
    note(session, "discard paper", "paper", paper_id, by=by.account_id, at=at)
