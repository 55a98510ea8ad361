"""Sorting a finding anew: category, themes, seriousness, with a reason."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import findings as desk
from icv.web.clock import now
from icv.web.db import db
from icv.web.findings.blueprint import bp, thread_or_404
from icv.web.findings.forms import ChangeForm
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.route("/<int:finding_id>/change", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def change(finding_id: int) -> ResponseReturnValue:
    """What a finding has already may be kept, also when the scheme no longer offers it."""
    finding, form = thread_or_404(finding_id), ChangeForm()
    form.offer(
        list(dict.fromkeys([*choices().finding_categories, finding.category])),
        list(dict.fromkeys([*choices().finding_themes, *finding.themes])),
    )
    form.suppose(finding)
    if form.validate_on_submit():
        with told_in(form):
            desk.change(db.session(), finding_id, form.asked(), choices(), by=current_user.actor, at=now())
            db.session.commit()
            flash("Sorted anew. What it was before stands in what has happened.")
            return redirect(url_for("findings.show", finding_id=finding_id))
    return page("findings/change.html", form=form, finding=finding, marking=choices().records_marking)
