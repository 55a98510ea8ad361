"""A coordinator opens a sealed time in an emergency: it shows once, and both of the pair are told."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import sealed as desk
from icv.store.reports import report_of
from icv.store.sealed import openings_of
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.sealed.forms import OpenForm

bp = Blueprint("opening", __name__)


@bp.route("/visits/<int:visit_id>/open-time", methods=["GET", "POST"])
@needs(Action.OPEN_SEALED_TIME)
def show(visit_id: int) -> ResponseReturnValue:
    """The answer to the form is the time itself: looking again is another opening."""
    visit = report_of(db.session(), visit_id) or abort(404)
    form, marking = OpenForm(), choices().records_marking
    if form.validate_on_submit():
        with told_in(form):
            reason = form.reason.data or ""
            time = desk.open_in_emergency(db.session(), visit_id, reason, by=current_user.actor, at=now())
            db.session.commit()
            return page("sealed/opened.html", visit=visit, time=time, marking=marking)
    openings = openings_of(db.session(), visit_id)
    return page("sealed/open.html", visit=visit, form=form, openings=openings, marking=marking)
