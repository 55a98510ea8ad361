"""The voluntary questions after an application: answered once, counted, and never kept of anybody."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from icv.services.recruitment import monitoring as desk
from icv.web.applying.blueprint import MAY_ANSWER, bp
from icv.web.applying.forms import AboutYouForm
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page


@bp.route("/about-you", methods=["GET", "POST"])
@open_to_all
def about_you() -> ResponseReturnValue:
    round_id = session.get(MAY_ANSWER)
    if not isinstance(round_id, int):
        return page("applying/answered.html", status=404)
    form = AboutYouForm()
    if form.validate_on_submit():
        is_counted = desk.count(db.session(), round_id, form.given(), on=today())
        db.session.commit()
        session.pop(MAY_ANSWER, None)
        flash("Thank you. Your answers are counted." if is_counted else "Nothing was counted.")
        return redirect(url_for("applying.yours"))
    return page("applying/about-you.html", form=form, threshold=choices().suppression_threshold)
