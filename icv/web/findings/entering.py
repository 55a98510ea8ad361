"""Entering a reply of the police that came by post, by e-mail or in a conversation."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.rules.findings import EventKind, may
from icv.services import findings as desk
from icv.web.clock import now
from icv.web.db import db
from icv.web.findings.blueprint import bp, thread_or_404
from icv.web.findings.forms import WordsForm
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.refusals import told_in


class EnterForm(WordsForm):
    who = StringField(
        "Who replied", [Length(max=120)], description="Name and role. The police and the office read it"
    )
    words = TextAreaField(
        "Their reply",
        [Length(max=desk.MOST_WORDS)],
        description="In their words. The visitors and the panel may read it",
    )


@bp.route("/<int:finding_id>/reply", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def enter_reply(finding_id: int) -> ResponseReturnValue:
    finding, form = thread_or_404(finding_id), EnterForm()
    if form.validate_on_submit() and not is_given_away(form, "words"):
        who = (form.who.data or "").strip()
        with told_in(form):
            desk.enter_reply(db.session(), finding_id, form.typed, who=who, by=current_user.actor, at=now())
            db.session.commit()
            flash("The reply is on record, in the name of whoever gave it.")
            return redirect(url_for("findings.show", finding_id=finding_id))
    if request.method == "GET" and not may(EventKind.REPLIED, finding.state):
        return redirect(url_for("findings.show", finding_id=finding_id))
    return page("findings/reply.html", form=form, finding=finding, marking=choices().records_marking)
