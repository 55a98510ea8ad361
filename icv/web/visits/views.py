"""The register of visits, a visit and its report, and recording what no report tells."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.report import ABSENT, Draft
from icv.rules.visits import Outcome, ReportState, report_state
from icv.services import reports
from icv.services import visits as desk
from icv.store.findings import findings_of
from icv.store.planning import in_office
from icv.store.reports import report_of, saved_parts
from icv.store.signing import beside
from icv.store.submissions import copies_of
from icv.store.suites import suite_names
from icv.store.visits import register, register_counts
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import pages_of
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.visits.forms import ExtraForm, MissedForm
from icv.web.visits.tabs import SIZE, TITLES, span_asked, tabs

bp = Blueprint("visits", __name__, url_prefix="/visits")


@bp.get("/")
@needs(Action.SEE_VISITS)
def index() -> ResponseReturnValue:
    span = span_asked()
    counts = register_counts(db.session(), span)
    state = _state_asked() or next((one for one in TITLES if counts[one]), ReportState.IN)
    number, last = pages_of(counts[state], SIZE)
    return page(
        "visits/index.html",
        lines=register(db.session(), state, span, page=number, size=SIZE),
        state=state,
        tabs=tabs(counts, span, state),
        title_of_list=TITLES[state],
        in_all=counts[state],
        span=span,
        suites=suite_names(db.session()),
        number=number,
        last=last,
        today=today(),
        marking=choices().records_marking,
    )


@bp.get("/<int:visit_id>")
@needs(Action.SEE_VISITS)
def show(visit_id: int) -> ResponseReturnValue:
    report = report_of(db.session(), visit_id) or abort(404)
    letter = Draft.filed(report.content) if report.content else None
    due = choices().report_due_days
    return page(
        "visits/show.html",
        report=report,
        letter=letter,
        flags=letter.arrival.flags(choices().delay_rank) if letter else [],
        findings=findings_of(db.session(), visit_id),
        state=report_state(report.outcome, report.week_ends_on, today=today(), report_due_days=due),
        absence=saved_parts(db.session(), visit_id).get(ABSENT),
        absence_reason=reports.DID_NOT_COME,
        may_be_missed=report.outcome is None and report.week_starts_on <= today(),
        is_missed=report.outcome is Outcome.MISSED,
        copies=copies_of(db.session(), visit_id),
        beside=beside(db.session(), visit_id),
        marking=choices().records_marking,
    )


@bp.route("/<int:visit_id>/missed", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def missed(visit_id: int) -> ResponseReturnValue:
    report = report_of(db.session(), visit_id) or abort(404)
    form = MissedForm()
    if form.validate_on_submit():
        reason = (form.reason.data or "").strip()
        with told_in(form):
            desk.record_missed(db.session(), visit_id, reason, by=current_user.actor, at=now())
            db.session.commit()
            flash("Recorded as missed. It stays among the scheduled visits and counts as not completed.")
            return redirect(url_for("visits.show", visit_id=visit_id))
    return page("visits/missed.html", form=form, report=report)


@bp.post("/<int:visit_id>/open-again")
@needs(Action.RECORD_VISIT)
def open_again(visit_id: int) -> ResponseReturnValue:
    if report_of(db.session(), visit_id) is None:
        abort(404)
    with told_above():
        desk.open_again(db.session(), visit_id, by=current_user.actor, at=now())
        db.session.commit()
        flash("Open again: its two visitors can send their report.")
    return redirect(url_for("visits.show", visit_id=visit_id))


@bp.route("/extra", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def extra() -> ResponseReturnValue:
    form = _asking(ExtraForm())
    if form.validate_on_submit():
        asked = form.asked()
        with told_in(form):
            desk.add_extra(db.session(), *asked, choices=choices(), by=current_user.actor, at=now())
            db.session.commit()
            flash("Added. Its two visitors can write the report now.")
            return redirect(url_for("visits.index", state=ReportState.COMING.value))
    return page("visits/extra.html", form=form)


def _asking(form: ExtraForm) -> ExtraForm:
    form.suite.choices = [SelectChoice(number, name) for number, name in suite_names(db.session())]
    this_day = Period(today(), today())
    people = sorted(in_office(db.session(), this_day), key=lambda one: one.name)
    visitors = [SelectChoice(one.id, one.name) for one in people]
    form.visitor_1.choices = form.visitor_2.choices = visitors
    return form


def _state_asked() -> ReportState | None:
    asked = request.args.get("state")
    return ReportState(asked) if asked in set(ReportState) else None
