"""Raising a finding by hand: on a visit, from a paper report or a conversation."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import london_day
from icv.services import findings as desk
from icv.store.findings import visit_with_reference
from icv.store.reports import VisitReport, report_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.findings.blueprint import bp
from icv.web.findings.forms import RaiseForm
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.get("/raise")
@needs(Action.SETTLE_FINDING)
def raise_at() -> ResponseReturnValue:
    """Asks for the visit: a finding belongs to one."""
    words = request.args.get("visit", "").strip()[:100]
    visit_id = visit_with_reference(db.session(), words) if words else None
    if visit_id:
        return redirect(url_for("findings.raise_on", visit_id=visit_id))
    return page("findings/raise-at.html", words=words)


@bp.route("/raise/<int:visit_id>", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def raise_on(visit_id: int) -> ResponseReturnValue:
    visit, form = report_of(db.session(), visit_id) or abort(404), RaiseForm()
    form.offer(choices().finding_categories, choices().finding_themes, first="Choose")
    if form.validate_on_submit() and not is_given_away(form, "detail", "what_became", "put_right_by"):
        with told_in(form):
            finding = desk.raise_finding(
                db.session(), visit_id, form.told(), choices(), by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"Raised, as finding {finding.reference}.")
            return redirect(url_for("findings.show", finding_id=finding.id))
    _suppose(form, visit)
    return page("findings/raise.html", form=form, visit=visit, marking=choices().records_marking)


def _suppose(form: RaiseForm, visit: VisitReport) -> None:
    """The day the visitors came, if that is known."""
    if not form.is_submitted() and visit.arrived_at:
        form.raised_on.process_data(min(london_day(visit.arrived_at), today()))
