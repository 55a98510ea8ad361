"""Words over a draft: written, put back, left out, added. Nobody’s give way to another’s unseen.

An act that has to know the figures takes the draft as `opening.held` gives it in the same transaction.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.paper import Paragraph
from icv.rules.paper.restating import OF_RESTATEMENT
from icv.rules.paper.wording import Placed, Standing, next_own
from icv.services.papers.errors import PaperError
from icv.services.papers.opening import OpenDraft, held_unopened
from icv.store.papers import PaperWords
from icv.store.trail import note

MOST_WORDS = 5_000
"""Characters of a paragraph."""
MOST_OWN = 100


def write_over(
    session: Session, whole: OpenDraft, key: str, words: str, seen: str, *, by: Actor, at: datetime
) -> None:
    """`seen` is the stamp of what was looked at. The same as the figures say is no edit: it stays live."""
    paper_id, one = whole.draft.id, _paragraph(whole, key)
    words = words.strip()
    if not words:
        raise PaperError("Write something here, or leave the paragraph out of the paper.", field="words")
    if words == one.text:
        return
    _refuse_unseen(one, seen)
    is_own = bool(one.written and one.written.after)
    if words == one.live and not is_own:
        _forget(session, paper_id, one)
    else:
        _keep(session, paper_id, key, by=by, at=at, words=words, live=one.live)
    note(session, "write over paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def put_back(session: Session, whole: OpenDraft, key: str, seen: str, *, by: Actor, at: datetime) -> None:
    """What the figures say stands there again; a paragraph of one’s own is gone."""
    paper_id, one = whole.draft.id, _paragraph(whole, key)
    if one.written is None:
        return
    _refuse_unseen(one, seen)
    if one.written.after:
        session.execute(
            sa.update(PaperWords)
            .where(PaperWords.paper_id == paper_id, PaperWords.after == key)
            .values(after=one.written.after)
        )
        session.execute(sa.delete(PaperWords).where(_at(paper_id, key)))
    else:
        _forget(session, paper_id, one)
    note(session, "put words back in paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def keep_mine(session: Session, whole: OpenDraft, key: str, seen: str, *, by: Actor, at: datetime) -> None:
    """The words were read again beside what the figures say now, and still hold."""
    paper_id, one = whole.draft.id, _paragraph(whole, key)
    if one.standing is not Standing.CHANGED:
        return
    _refuse_unseen(one, seen)
    _keep(session, paper_id, key, by=by, at=at, live=one.live)
    note(session, "keep words in paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def leave_out(session: Session, paper_id: int, key: str, *, by: Actor, at: datetime) -> None:
    """Of a heading, its whole section. Words written there are kept.

    Raises PaperError for what a restatement is there to show.
    """
    if key in OF_RESTATEMENT:
        raise PaperError("A restatement always shows what differs from the paper that was sent.")
    held_unopened(session, paper_id)
    found = session.get(PaperWords, (paper_id, key), populate_existing=True)
    if found and found.is_left_out:
        return
    _keep(session, paper_id, key, by=by, at=at, is_left_out=True)
    note(session, "leave out of paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def put_in(session: Session, paper_id: int, key: str, *, by: Actor, at: datetime) -> None:
    held_unopened(session, paper_id)
    found = session.get(PaperWords, (paper_id, key), populate_existing=True)
    if not (found and found.is_left_out):
        return
    if found.words:
        _keep(session, paper_id, key, by=by, at=at, is_left_out=False)
    else:
        session.execute(sa.delete(PaperWords).where(_at(paper_id, key)))
    note(session, "put in paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def add_paragraph(
    session: Session, whole: OpenDraft, after: str, words: str, *, by: Actor, at: datetime
) -> None:
    """One sent twice is added once."""
    paper_id = whole.draft.id
    _block(whole, after)
    own = [one.written for one in whole.blocks if one.written and one.written.after]
    if any(one.after == after and one.words == words.strip() for one in own):
        return
    if not words.strip():
        raise PaperError("Write the paragraph.", field="words")
    if len(own) >= MOST_OWN:
        raise PaperError(f"A paper takes at most {MOST_OWN} paragraphs of your own.")
    key = next_own(own)
    _keep(session, paper_id, key, by=by, at=at, words=words.strip(), after=after)
    note(session, "add to paper", "paper", paper_id, by=by.account_id, at=at, block=key)


def _block(whole: OpenDraft, key: str) -> Placed:
    one = whole.at(key)
    if one is None:
        raise PaperError("This is no longer in the paper: its figures changed. Look at the draft again.")
    return one


def _paragraph(whole: OpenDraft, key: str) -> Placed:
    one = _block(whole, key)
    if not isinstance(one.block, Paragraph):
        raise PaperError("Only the words of a paragraph can be changed.")
    return one


def _refuse_unseen(one: Placed, seen: str) -> None:
    if one.stamp == seen:
        return
    who = f"{one.written.by} wrote here" if one.written and one.written.by else "The figures changed"
    raise PaperError(
        f"{who} since you looked. It now reads: “{one.text}” What you sent is not kept yet: send it again"
        " to put it in place of that.",
        field="words",
    )


def _keep(
    session: Session, paper_id: int, key: str, *, by: Actor, at: datetime, **values: str | bool
) -> None:
    values_now = {**values, "written_at": at, "written_by_id": by.account_id}
    found = session.get(PaperWords, (paper_id, key), populate_existing=True)
    if found is None:
        session.add(PaperWords(paper_id=paper_id, block=key, **values_now))
    else:
        for name, value in values_now.items():
            setattr(found, name, value)
    session.flush()


def _forget(session: Session, paper_id: int, one: Placed) -> None:
    """The words; that the block is left out is another matter."""
    if one.written and one.written.is_left_out:
        emptied = sa.update(PaperWords).where(_at(paper_id, one.key)).values(words="", live="")
        session.execute(emptied)
    else:
        session.execute(sa.delete(PaperWords).where(_at(paper_id, one.key)))


def _at(paper_id: int, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(PaperWords.paper_id == paper_id, PaperWords.block == key)
