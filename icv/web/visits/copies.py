"""Copies of a report that are kept apart: read beside the filed one, and settled."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.rules.bounds import MOST_ANSWER
from icv.rules.report import Draft
from icv.services.reports.copies import put_back, settle_copy
from icv.store.reports import report_of
from icv.store.submissions import copies_of
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import GuardedForm, is_given_away
from icv.web.links import page_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.visits.comparing import compared, parts_of
from icv.web.visits.views import bp


class SettleForm(GuardedForm):
    words = TextAreaField(
        "What is worth keeping (optional)",
        [Length(max=MOST_ANSWER)],
        description="It stands beside the report as an addendum, with your name. The report never changes.",
    )


@bp.get("/<int:visit_id>/copies")
@needs(Action.SEE_VISITS)
def copies(visit_id: int) -> ResponseReturnValue:
    report = report_of(db.session(), visit_id) or abort(404)
    return page(
        "visits/copies.html",
        report=report,
        copies=copies_of(db.session(), visit_id),
        marking=choices().records_marking,
    )


@bp.route("/<int:visit_id>/copies/<int:copy_id>", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def copy(visit_id: int, copy_id: int) -> ResponseReturnValue:
    report = report_of(db.session(), visit_id) or abort(404)
    found = next((one for one in copies_of(db.session(), visit_id) if one.id == copy_id), None) or abort(404)
    form = SettleForm()
    if form.validate_on_submit() and not is_given_away(form, "words"):
        words, by = (form.words.data or "").strip(), current_user.actor
        with told_in(form):
            settle_copy(db.session(), visit_id, copy_id, words, by=by, at=now(), page=page_address)
            db.session.commit()
            flash("Settled. The copy stays on record, and the report is as it was filed.")
            return redirect(url_for("visits.show", visit_id=visit_id))
    beside = compared(found, Draft.filed(report.content or {}))
    marking = choices().records_marking
    return page("visits/copy.html", form=form, report=report, copy=found, compared=beside, marking=marking)


@bp.post("/<int:visit_id>/copies/<int:copy_id>/put-back")
@needs(Action.RECORD_VISIT)
def put_back_copy(visit_id: int, copy_id: int) -> ResponseReturnValue:
    report = report_of(db.session(), visit_id) or abort(404)
    found = next((one for one in copies_of(db.session(), visit_id) if one.id == copy_id), None) or abort(404)
    with told_above():
        put_back(db.session(), visit_id, copy_id, parts_of(found), by=current_user.actor, at=now())
        db.session.commit()
        flash(
            f"The visit is open again, and {found.sent_by} is asked to look the report through and send it."
        )
    return redirect(url_for("visits.show", visit_id=report.visit_id))
