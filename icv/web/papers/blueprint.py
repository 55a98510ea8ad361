"""The blueprint of panel papers, and what its pages are about: a draft, or a frozen paper."""

from flask import Blueprint, abort, request
from flask_login import current_user

from icv.services import papers as desk
from icv.services.papers import OpenDraft
from icv.store.papers import Draft, FrozenPaper, paper_seen_by
from icv.web.clock import today
from icv.web.db import db

bp = Blueprint("papers", __name__, url_prefix="/panel/papers")


def seen_or_404(paper_id: int) -> Draft | FrozenPaper:
    """A draft is there for those who write papers alone."""
    return paper_seen_by(db.session(), current_user.actor, paper_id) or abort(404)


def frozen_or_404(paper_id: int) -> FrozenPaper:
    seen = seen_or_404(paper_id)
    return seen if isinstance(seen, FrozenPaper) else abort(404)


def open_draft(draft: Draft) -> OpenDraft:
    return desk.opened(db.session(), draft, today=today())


def draft_asked(draft: Draft) -> OpenDraft | None:
    """What is sent is about a draft that nobody changes meanwhile. None where it was frozen meanwhile."""
    if request.method == "POST":
        return desk.held(db.session(), draft.id, today=today())
    return open_draft(draft)
