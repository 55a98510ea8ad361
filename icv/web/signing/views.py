"""A visitor's own word on a report that their partner sent, and addenda to it."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.report import Draft
from icv.rules.signing import Answer
from icv.services import reports
from icv.store.findings import findings_of
from icv.store.signing import beside
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.links import page_address
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.reports.saving import own_report
from icv.web.signing.forms import AddendumForm, CountersignForm

bp = Blueprint("signing", __name__, url_prefix="/visits/<int:visit_id>/report")

DONE = {
    Answer.AGREES: "Countersigned. The report stands as that of you both.",
    Answer.ADDS: "Countersigned. What you added stands beside the report; the coordinator is told.",
    Answer.DISAGREES: "Your word stands beside the report. The coordinator is told, and your partner.",
}


@bp.route("/countersign", methods=["GET", "POST"])
@needs(Action.COUNTERSIGN)
def countersign(visit_id: int) -> ResponseReturnValue:
    report, form = own_report(visit_id), CountersignForm()
    if not report.is_filed or _is_countersigned(form, visit_id):
        return redirect(url_for("reports.show", visit_id=visit_id))
    said, by = beside(db.session(), visit_id), current_user.actor
    if not form.is_submitted() and not (said.awaits(by) or said.may_still_say(by)):
        return redirect(url_for("reports.show", visit_id=visit_id))
    return page(
        "signing/countersign.html",
        form=form,
        report=report,
        letter=Draft.filed(report.content or {}),
        findings=findings_of(db.session(), visit_id),
        beside=said,
        may_still_say=said.may_still_say(by),
        marking=choices().records_marking,
    )


def _is_countersigned(form: CountersignForm, visit_id: int) -> bool:
    if not form.validate_on_submit() or is_given_away(form, "words"):
        return False
    with told_in(form):
        (answer, words), by = form.said, current_user.actor
        is_new = reports.countersign(
            db.session(), visit_id, answer, words, by=by, at=now(), page=page_address
        )
        db.session.commit()
        flash(DONE[answer] if is_new else "You had said so already: nothing went twice.")
        return True
    return False


@bp.route("/addendum", methods=["GET", "POST"])
@needs(Action.COUNTERSIGN)
def addendum(visit_id: int) -> ResponseReturnValue:
    report, form = own_report(visit_id), AddendumForm()
    if not report.is_filed:
        return redirect(url_for("reports.show", visit_id=visit_id))
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            by, at = current_user.actor, now()
            reports.add_to_report(db.session(), visit_id, form.said, by=by, at=at, page=page_address)
            db.session.commit()
            flash("Added. It stands beside the report; the coordinator and your partner are told.")
            return redirect(url_for("reports.show", visit_id=visit_id))
    back, marking = url_for("reports.show", visit_id=visit_id), choices().records_marking
    return page("signing/addendum.html", form=form, report=report, back=back, marking=marking)
