"""Publishing a finding beside its reply: words, a look at them, then the public page; and withdrawing it."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from icv.rules.access import Action
from icv.rules.findings import PUBLISHABLE
from icv.services import findings as desk
from icv.store.findings import (
    FindingThread,
    how_many_publications,
    publication_of,
    publications,
    replies_to,
    thread,
)
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import GuardedForm, is_given_away
from icv.web.lists import pages_of
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in

bp = Blueprint("publishing", __name__, url_prefix="/findings")

SIZE = 50


class PublishForm(GuardedForm):
    comment = TextAreaField(
        "What the visitors found",
        [InputRequired("Write what the visitors found"), Length(max=desk.MOST_WORDS)],
        description="As the public will read it: nobody who was held, no visitor, no day or time of a visit",
    )
    reply = TextAreaField(
        "What the police replied",
        [InputRequired("Write what the police replied"), Length(max=desk.MOST_WORDS)],
        description="Their words, shortened if need be, and without names",
    )


@bp.get("/published")
@needs(Action.SEE_FINDINGS)
def index() -> ResponseReturnValue:
    number, last = pages_of(how_many_publications(db.session()), SIZE)
    return page(
        "published/list.html",
        lines=publications(db.session(), page=number, size=SIZE),
        number=number,
        last=last,
        choices=choices(),
        marking=choices().records_marking,
    )


@bp.route("/<int:finding_id>/publish", methods=["GET", "POST"])
@needs(Action.PUBLISH_FINDING)
def publish(finding_id: int) -> ResponseReturnValue:
    """Sent once it shows the words as the public will read them; sent from there it publishes them."""
    finding, form = _answered_or_404(finding_id), PublishForm()
    if form.validate_on_submit() and not is_given_away(form, "comment", "reply", is_public=True):
        if request.form.get("act") == "publish":
            with told_in(form):
                comment, reply = (form.comment.data or "").strip(), (form.reply.data or "").strip()
                desk.publish(
                    db.session(), finding_id, comment, reply, choices(), by=current_user.actor, at=now()
                )
                db.session.commit()
                flash("Published. Anybody can read it now.")
                return redirect(url_for("findings.show", finding_id=finding_id))
        elif request.form.get("act") != "change":
            return page("published/preview.html", form=form, finding=finding)
    _suppose(form, finding)
    return page("published/publish.html", form=form, finding=finding, marking=choices().records_marking)


@bp.post("/<int:finding_id>/withdraw")
@needs(Action.PUBLISH_FINDING)
def withdraw(finding_id: int) -> ResponseReturnValue:
    if publication_of(db.session(), finding_id) is None:
        abort(404)
    with told_above():
        desk.withdraw(db.session(), finding_id, by=current_user.actor, at=now())
        db.session.commit()
        flash("Withdrawn: the public page shows it no more. Copies may live for some minutes.")
    return redirect(url_for("findings.show", finding_id=finding_id))


def _answered_or_404(finding_id: int) -> FindingThread:
    """Nothing else can be published; and nothing at all where the scheme does not publish."""
    finding = thread(db.session(), finding_id)
    may = finding and finding.state in PUBLISHABLE and replies_to(db.session(), finding_id)
    return finding if finding and may and choices().publishes_findings else abort(404)


def _suppose(form: PublishForm, finding: FindingThread) -> None:
    """What was published before, or else the words of the visitors and the last reply.

    Withdrawn, it may have been answered anew since: then the last reply is supposed, not the one before.
    """
    if form.is_submitted():
        return
    before = publication_of(db.session(), finding.id)
    form.comment.data = before.comment if before else finding.detail
    form.reply.data = before.reply if before and before.is_shown else replies_to(db.session(), finding.id)[-1]
