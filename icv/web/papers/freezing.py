"""Freezing a draft, and restating what was frozen: each asked once, on a page that says what follows."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.panel import html_fragment
from icv.rules.access import Action, Role
from icv.rules.words import plural
from icv.services import papers as desk
from icv.services.papers import OpenDraft
from icv.store.accounts import open_accounts
from icv.store.papers import Draft, FrozenPaper
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.links import can_send_letters, full_address
from icv.web.pages import page
from icv.web.papers.blueprint import bp, frozen_or_404, open_draft, seen_or_404
from icv.web.papers.forms import FreezeForm, RestateForm
from icv.web.refusals import told_in


@bp.route("/<int:paper_id>/freeze", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def freeze(paper_id: int) -> ResponseReturnValue:
    whole, form = _looked_at(seen_or_404(paper_id)), FreezeForm()
    if whole is None:
        return _frozen_already(paper_id)
    if form.validate_on_submit() and _is_frozen(whole, form):
        return redirect(url_for("papers.show", paper_id=paper_id))
    form.seal.data = whole.seal
    return page(
        "papers/freeze.html",
        form=form,
        whole=whole,
        fragment=html_fragment(whole.paper),
        members=open_accounts(db.session(), Role.PANEL),
        has_post=can_send_letters(),
        marking=whole.draft.head.marking,
    )


def _frozen_already(paper_id: int) -> ResponseReturnValue:
    frozen_or_404(paper_id)
    flash("This paper is frozen already: nothing was sent twice.", "warning")
    return redirect(url_for("papers.show", paper_id=paper_id))


def _looked_at(seen: Draft | FrozenPaper) -> OpenDraft | None:
    """What is sent is about a draft that nobody changes, while nobody freezes another. None once frozen."""
    if isinstance(seen, FrozenPaper):
        return None
    if request.method == "POST":
        return desk.held_for_freezing(db.session(), seen.id, today=today())
    return open_draft(seen)


def _is_frozen(whole: OpenDraft, form: FreezeForm) -> bool:
    with told_in(form):
        link = full_address("papers.show", paper_id=whole.draft.id)
        seal, by = form.seal.data, current_user.actor
        reference, told = desk.freeze(db.session(), whole, seal, by=by, at=now(), link=link)
        db.session.commit()
        flash(f"Frozen as {reference}. {_told(told)}")
        return True
    return False


def _told(members: int) -> str:
    if not members:
        return "Nobody has a panel account: send it yourself."
    who = plural(members, "panel member")
    if can_send_letters():
        return f"{who} will be told by e-mail, by day."
    return f"{who} can read it under Papers. No mail server is set up, so tell them yourself."


@bp.route("/<int:paper_id>/restate", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def restate(paper_id: int) -> ResponseReturnValue:
    frozen, form = frozen_or_404(paper_id), RestateForm()
    if form.validate_on_submit() and not is_given_away(form, "why", is_public=True):
        with told_in(form):
            begun = desk.restate(db.session(), paper_id, form.why.data or "", by=current_user.actor, at=now())
            db.session.commit()
            flash(f"This draft restates {frozen.reference}, which stays as it was sent.")
            return redirect(url_for("papers.show", paper_id=begun))
    return page("papers/restate.html", form=form, frozen=frozen, marking=frozen.marking)
