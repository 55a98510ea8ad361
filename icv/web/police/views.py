"""Findings put to the police, and answering them."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.rules.findings import EventKind
from icv.services import findings as desk
from icv.store.findings import finding_put, findings_put, how_many_put
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import GuardedForm, is_given_away
from icv.web.lists import pages_of
from icv.web.pages import choices, page
from icv.web.police.words import REPLY_HINT, TITLES
from icv.web.refusals import told_in

bp = Blueprint("police", __name__, url_prefix="/police")

SIZE = 50


class ReplyForm(GuardedForm):
    words = TextAreaField("Your reply", [Length(max=desk.MOST_WORDS)], description=REPLY_HINT)


@bp.get("/")
@needs(Action.SEE_FINDINGS_PUT)
def index() -> ResponseReturnValue:
    waiting, put = how_many_put(db.session())
    number, last = pages_of(put, SIZE)
    return page(
        "police/index.html",
        lines=findings_put(db.session(), page=number, size=SIZE),
        waiting=waiting,
        put=put,
        number=number,
        last=last,
        today=today(),
        marking=choices().records_marking,
    )


@bp.get("/<int:finding_id>")
@needs(Action.SEE_FINDINGS_PUT)
def show(finding_id: int) -> ResponseReturnValue:
    return _page(finding_id, ReplyForm())


@bp.post("/<int:finding_id>/reply")
@needs(Action.REPLY_TO_FINDING)
def reply(finding_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    if finding_put(db.session(), finding_id) is None:
        abort(404)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        words, by = (form.words.data or "").strip(), current_user.actor
        with told_in(form):
            desk.move(db.session(), finding_id, EventKind.REPLIED, words, by=by, at=now())
            db.session.commit()
            flash("Your reply is with the scheme. You will see here whether more is asked.")
            return redirect(url_for("police.show", finding_id=finding_id))
    return _page(finding_id, form)


def _page(finding_id: int, form: ReplyForm) -> ResponseReturnValue:
    return page(
        "police/show.html",
        finding=finding_put(db.session(), finding_id) or abort(404),
        form=form,
        titles=TITLES,
        today=today(),
        marking=choices().records_marking,
    )
