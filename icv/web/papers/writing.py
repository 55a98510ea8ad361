"""The words of a draft: its head, its paragraphs, what is left out and what is added."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from icv.rules.access import Action
from icv.rules.paper import Paragraph
from icv.rules.paper.annual import PROMPTS
from icv.rules.paper.restating import OF_RESTATEMENT
from icv.rules.paper.wording import Placed
from icv.services import papers as desk
from icv.services.papers import OpenDraft
from icv.store.papers import Draft, FrozenPaper
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import page
from icv.web.papers.blueprint import bp, draft_asked, seen_or_404
from icv.web.papers.forms import AddForm, HeadForm, WordsForm
from icv.web.refusals import told_above, told_in


@bp.route("/<int:paper_id>/head", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def head(paper_id: int) -> ResponseReturnValue:
    draft = seen_or_404(paper_id)
    if isinstance(draft, FrozenPaper):
        return _too_late(draft)
    form = HeadForm(obj=draft.head, seen=draft.head.stamp)
    if form.validate_on_submit() and not is_given_away(form, "title", "purpose", "asked", is_public=True):
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            desk.change_head(db.session(), paper_id, form.head, seen, by=by, at=now())
            db.session.commit()
            return redirect(url_for("papers.show", paper_id=paper_id))
        form.seen.data = _head_now(paper_id)
    return page("papers/head.html", form=form, draft=draft, marking=draft.head.marking)


def _head_now(paper_id: int) -> str:
    """What is shown in the refusal: sent again, it is put in the place of that."""
    draft = seen_or_404(paper_id)
    return "" if isinstance(draft, FrozenPaper) else draft.head.stamp


@bp.route("/<int:paper_id>/words/<path:block>", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def words(paper_id: int, block: str) -> ResponseReturnValue:
    """One block: its words where it is a paragraph, and whether it is in the paper at all."""
    found = _at(paper_id, block)
    if found is None:
        return _too_late(seen_or_404(paper_id))
    whole, one = found
    form = WordsForm(words=one.text, seen=one.stamp)
    if form.validate_on_submit() and not is_given_away(form, "words", is_public=True):
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            desk.write_over(db.session(), whole, block, form.typed, seen, by=by, at=now())
            db.session.commit()
            return _to_block(paper_id, block)
        form.seen.data = one.stamp
    return page("papers/words.html", form=form, **_written(whole, one))


def _written(whole: OpenDraft, one: Placed) -> dict[str, Any]:
    return {
        "draft": whole.draft,
        "one": one,
        "is_words": isinstance(one.block, Paragraph),
        "prompt": PROMPTS.get(one.key, ""),
        "for_good": OF_RESTATEMENT,
        "marking": whole.draft.head.marking,
    }


@bp.route("/<int:paper_id>/add/<path:block>", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def add(paper_id: int, block: str) -> ResponseReturnValue:
    """A paragraph of one’s own after the block."""
    found = _at(paper_id, block)
    if found is None:
        return _too_late(seen_or_404(paper_id))
    form, (whole, one) = AddForm(), found
    if form.validate_on_submit() and not is_given_away(form, "words", is_public=True):
        with told_in(form):
            desk.add_paragraph(db.session(), whole, block, form.typed, by=current_user.actor, at=now())
            db.session.commit()
            return _to_block(paper_id, block)
    marking = whole.draft.head.marking
    return page("papers/add.html", form=form, draft=whole.draft, one=one, marking=marking)


@bp.post("/<int:paper_id>/settle/<path:block>")
@needs(Action.WRITE_PAPER)
def settle(paper_id: int, block: str) -> ResponseReturnValue:
    """By the button’s name: which words stand at an edited place."""
    act, told = _SETTLED.get(request.form.get("act", "")) or abort(400)
    found = _at(paper_id, block)
    if found is None:
        return _too_late(seen_or_404(paper_id))
    with told_above():
        seen = request.form.get("seen", "")
        act(db.session(), found[0], block, seen, by=current_user.actor, at=now())
        db.session.commit()
        flash(told)
    return _to_block(paper_id, block)


_SETTLED = {
    "keep": (desk.keep_mine, "The words are kept beside the new figures."),
    "put-back": (desk.put_back, "The words of the figures stand there again."),
    "take-away": (desk.put_back, "The paragraph is taken away."),
}


@bp.post("/<int:paper_id>/leave-out/<path:block>")
@needs(Action.WRITE_PAPER)
def leave_out(paper_id: int, block: str) -> ResponseReturnValue:
    if _at(paper_id, block) is None and isinstance(seen := seen_or_404(paper_id), Draft):
        return _too_late(seen)
    with told_above():
        desk.leave_out(db.session(), paper_id, block, by=current_user.actor, at=now())
        db.session.commit()
        flash("Left out of the paper. What was written there is kept.")
    return _to_block(paper_id, block)


@bp.post("/<int:paper_id>/put-in/<path:block>")
@needs(Action.WRITE_PAPER)
def put_in(paper_id: int, block: str) -> ResponseReturnValue:
    if _at(paper_id, block) is None and isinstance(seen := seen_or_404(paper_id), Draft):
        return _too_late(seen)
    with told_above():
        desk.put_in(db.session(), paper_id, block, by=current_user.actor, at=now())
        db.session.commit()
        flash("It is in the paper again.")
    return _to_block(paper_id, block)


def _at(paper_id: int, block: str) -> tuple[OpenDraft, Placed] | None:
    """None where the paper is frozen, or the figures no longer make such a block."""
    seen = seen_or_404(paper_id)
    whole = draft_asked(seen) if isinstance(seen, Draft) else None
    one = whole.at(block) if whole else None
    return (whole, one) if whole and one else None


def _to_block(paper_id: int, block: str) -> Response:
    return redirect(url_for("papers.show", paper_id=paper_id, _anchor=f"at-{block}"))


def _too_late(seen: Draft | FrozenPaper) -> ResponseReturnValue:
    """The paper was frozen meanwhile, or its figures moved. What was typed is shown once more."""
    typed = [
        words for name in ("words", "title", "purpose", "asked") if (words := request.form.get(name, ""))
    ]
    frozen = seen if isinstance(seen, FrozenPaper) else None
    status = 422 if typed else 404
    return page("papers/too-late.html", status=status, paper_id=seen.id, frozen=frozen, typed=typed)
