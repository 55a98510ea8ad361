"""What the coordinator does beside filed reports: who has not signed, who disagrees, words of the office."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import reports
from icv.store.reports import report_of
from icv.store.signing import beside, disagreements, how_many_disagreements, how_many_unsigned, unsigned
from icv.store.suites import suite_names
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.links import page_address
from icv.web.lists import pages_of
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.signing.forms import AddendumForm, PaperWordForm
from icv.web.visits.tabs import DISAGREEMENTS, SIZE, UNSIGNED, span_asked, tabs_of_list
from icv.web.visits.views import bp


@bp.get("/unsigned", endpoint="unsigned")
@needs(Action.SEE_VISITS)
def not_signed() -> ResponseReturnValue:
    span = span_asked()
    in_all = how_many_unsigned(db.session(), today=span.today, suite_id=span.suite_id)
    number, last = pages_of(in_all, SIZE)
    return page(
        "visits/unsigned.html",
        lines=unsigned(db.session(), today=span.today, suite_id=span.suite_id, page=number, size=SIZE),
        in_all=in_all,
        number=number,
        last=last,
        span=span,
        tabs=tabs_of_list(span, UNSIGNED),
        suites=suite_names(db.session()),
        marking=choices().records_marking,
    )


@bp.get("/disagreements", endpoint="disagreements")
@needs(Action.SEE_VISITS)
def not_agreed() -> ResponseReturnValue:
    span = span_asked()
    in_all = how_many_disagreements(db.session(), suite_id=span.suite_id)
    number, last = pages_of(in_all, SIZE)
    return page(
        "visits/disagreements.html",
        lines=disagreements(db.session(), suite_id=span.suite_id, page=number, size=SIZE),
        in_all=in_all,
        number=number,
        last=last,
        span=span,
        tabs=tabs_of_list(span, DISAGREEMENTS),
        suites=suite_names(db.session()),
        marking=choices().records_marking,
    )


@bp.route("/<int:visit_id>/addendum", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def addendum(visit_id: int) -> ResponseReturnValue:
    report, form = report_of(db.session(), visit_id) or abort(404), AddendumForm()
    back = url_for("visits.show", visit_id=visit_id)
    if not report.is_filed:
        return redirect(back)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            by, at = current_user.actor, now()
            reports.add_to_report(db.session(), visit_id, form.said, by=by, at=at, page=page_address)
            db.session.commit()
            flash("Added. It stands beside the report, and its visitors are told.")
            return redirect(back)
    return page(
        "signing/addendum.html", form=form, report=report, back=back, marking=choices().records_marking
    )


@bp.route("/<int:visit_id>/countersign/<int:person_id>", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def countersign_on_paper(visit_id: int, person_id: int) -> ResponseReturnValue:
    report, form = report_of(db.session(), visit_id) or abort(404), PaperWordForm()
    said = beside(db.session(), visit_id)
    who = said.name_of(person_id) or abort(404)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            given, by = form.said, current_user.actor
            reports.countersign_on_paper(
                db.session(), visit_id, person_id, *given, by=by, at=now(), page=page_address
            )
            db.session.commit()
            flash(f"Entered. {who}’s word stands beside the report, marked as from paper.")
            return redirect(url_for("visits.show", visit_id=visit_id))
    marking = choices().records_marking
    return page("visits/countersign.html", form=form, report=report, who=who, marking=marking)
