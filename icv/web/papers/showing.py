"""A paper: the draft as it will look, or what was frozen and how anybody can check that it still is."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.panel import html_fragment
from icv.papers.pictures import draw
from icv.rules.access import Action
from icv.rules.digests import record_of
from icv.rules.paper.annual import PROMPTS
from icv.rules.paper.naming import named_definitions
from icv.rules.paper.restating import OF_RESTATEMENT
from icv.rules.paper.written import paper_from_json
from icv.services import papers as desk
from icv.store.papers import Draft, FrozenPaper
from icv.web.clock import now
from icv.web.db import db
from icv.web.files import JSON, as_file
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.papers.blueprint import bp, frozen_or_404, open_draft, seen_or_404
from icv.web.papers.listing import DOWNLOADS
from icv.web.refusals import told_above


@bp.get("/<int:paper_id>")
@needs(Action.SEE_PAPERS)
def show(paper_id: int) -> ResponseReturnValue:
    seen = seen_or_404(paper_id)
    return _frozen(seen) if isinstance(seen, FrozenPaper) else _draft(seen)


def _draft(draft: Draft) -> ResponseReturnValue:
    whole = open_draft(draft)
    return page(
        "papers/draft.html",
        draft=draft,
        whole=whole,
        said=named_definitions(whole.found.choices),
        prompts=PROMPTS,
        for_good=OF_RESTATEMENT,
        downloads=DOWNLOADS,
        draw=draw,
        marking=draft.head.marking,
    )


def _frozen(frozen: FrozenPaper) -> ResponseReturnValue:
    paper = paper_from_json(frozen.content)
    return page(
        "papers/frozen.html",
        frozen=frozen,
        paper=paper,
        fragment=html_fragment(paper),
        downloads=DOWNLOADS,
        writes=current_user.actor.may(Action.WRITE_PAPER),
        marking=paper.marking,
    )


@bp.get("/<int:paper_id>/record.json")
@needs(Action.SEE_PAPERS)
def record(paper_id: int) -> ResponseReturnValue:
    """Byte for byte what was frozen: its SHA-256 is the digest."""
    frozen = frozen_or_404(paper_id)
    return as_file(record_of(frozen.content), f"{frozen.reference}.json", JSON)


@bp.route("/<int:paper_id>/discard", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def discard(paper_id: int) -> ResponseReturnValue:
    seen = seen_or_404(paper_id)
    if request.method == "POST":
        with told_above():
            desk.discard(db.session(), paper_id, by=current_user.actor, at=now())
            db.session.commit()
            flash("Discarded. Nothing of it was sent to anybody.")
            return redirect(url_for("papers.index"))
    if isinstance(seen, FrozenPaper) or request.method == "POST":
        return redirect(url_for("papers.show", paper_id=paper_id))
    return page("papers/discard.html", draft=seen, whole=open_draft(seen), marking=seen.head.marking)
