"""The voluntary questions after an application: answered once, counted, and never kept of anybody."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from icv.services.recruitment import monitoring as desk
from icv.web.applying.blueprint import MAY_ANSWER, bp, right_to_answer
from icv.web.applying.forms import AboutYouForm
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page


@bp.route("/about-you", methods=["GET", "POST"])
@open_to_all
def about_you() -> ResponseReturnValue:
    right = right_to_answer()
    if right is None:
        return page("applying/answered.html", status=404)
    form = AboutYouForm()
    if form.validate_on_submit():
        is_counted = desk.count(db.session(), right, form.given(), at=now())
        db.session.commit()
        session.pop(MAY_ANSWER, None)
        flash("Thank you. Your answers are counted." if is_counted else "Nothing was counted.")
        return redirect(url_for("applying.yours"))
    return page("applying/about-you.html", form=form, threshold=choices().suppression_threshold)
