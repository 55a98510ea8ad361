"""The report's task list, the sections answered once, check answers, and sending."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import london_day
from icv.rules.report import ABSENT, OUTCOMES, Arrival, Draft, Section, asked_of
from icv.rules.words import plural
from icv.services import reports
from icv.services.reports.guarding import clues_in_parts
from icv.store.findings import findings_of
from icv.store.reports import VisitReport, saved_parts
from icv.store.sealed import sealed_time_seen_by
from icv.store.signing import beside, partners_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.reports.asked import form_choices
from icv.web.reports.forms import SECTION_FORMS, ArrivalForm, DayForm, PartForm, SendForm
from icv.web.reports.saving import (
    back_to_list,
    draft_of,
    filled,
    frame_of,
    is_saved,
    onward,
    own_report,
    part_page,
)
from icv.web.reports.ways import ANY_SECTION, report_url

bp = Blueprint("reports", __name__, url_prefix="/visits/<int:visit_id>/report")
bp.add_app_template_global(report_url)


@bp.get("")
@needs(Action.FILE_REPORT)
def show(visit_id: int) -> ResponseReturnValue:
    report = own_report(visit_id)
    if report.is_filed:
        return _filed(report)
    if not report.is_open_on(today()):
        return page("reports/not-open.html", report=report, today=today())
    saved = saved_parts(db.session(), visit_id)
    draft = draft_of(report, saved)
    return page(
        "reports/show.html",
        report=report,
        draft=draft,
        absent=saved.get(ABSENT),
        progress=draft.progress(frame_of(report)),
        marking=choices().records_marking,
    )


@bp.route(ANY_SECTION, methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def section(visit_id: int, name: str) -> ResponseReturnValue:
    report = own_report(visit_id)
    if request.method == "GET" and not report.is_open_on(today()):
        return back_to_list(visit_id)
    saved = saved_parts(db.session(), visit_id)
    draft = draft_of(report, saved)
    if _is_not_asked(Section(name), draft):
        return back_to_list(visit_id)
    form = filled(SECTION_FORMS[name], saved.get(name))
    _suppose_outcome(form)
    if form.validate_on_submit() and is_saved(form, visit_id, name):
        return _asks_more(form) or onward(report, name)
    _suppose_days(form, report)
    return part_page(f"reports/{name}.html", form, report, name, trainee=draft.trainee)


@bp.route("/check", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def check(visit_id: int) -> ResponseReturnValue:
    report = own_report(visit_id)
    if not report.is_filed and not report.is_open_on(today()):
        return back_to_list(visit_id)
    form = SendForm()
    if form.validate_on_submit() and _is_sent(form, visit_id):
        return back_to_list(visit_id)
    if report.is_filed:
        return back_to_list(visit_id)
    draft = draft_of(report, saved_parts(db.session(), visit_id))
    missing = draft.missing(frame_of(report))
    return page(
        "reports/check.html",
        status=422 if missing and form.is_submitted() else 200,
        form=form,
        report=report,
        draft=draft,
        missing=missing,
        flags=draft.arrival.pruned.flags(form_choices().delay_rank),
        doubts=draft.doubts(frame_of(report)),
        shown=draft.shown(form_choices()),
        partners=partners_of(db.session(), current_user.actor, visit_id),
        clues=clues_in_parts(db.session(), draft.parts, report.visitors, at=now()),
        marking=choices().records_marking,
    )


def _is_sent(form: SendForm, visit_id: int) -> bool:
    together, by = bool(form.together.data), current_user.actor
    try:
        receipt = reports.file(db.session(), visit_id, by=by, at=now(), is_signed_together=together)
    except reports.Incomplete:
        db.session.rollback()
        return False
    db.session.commit()
    if not receipt.is_new:
        flash("The report had been received already: nothing went twice.")
    return True


def _filed(report: VisitReport) -> ResponseReturnValue:
    return page(
        "reports/filed.html",
        report=report,
        letter=Draft.filed(report.content or {}),
        findings=findings_of(db.session(), report.visit_id),
        beside=beside(db.session(), report.visit_id),
        actor=current_user.actor,
        marking=choices().records_marking,
    )


def _is_not_asked(section: Section, draft: Draft) -> bool:
    """Nobody on probation, or another kind of visit: there is no such page then."""
    is_of_nobody = section is Section.TRAINEE and draft.trainee is None
    return is_of_nobody or section not in asked_of(draft.questions.kind)


def _suppose_outcome(form: PartForm) -> None:
    """How the visit went, where a short way in says so already."""
    asked = request.args.get("outcome", "")
    if isinstance(form, ArrivalForm) and asked in set(OUTCOMES) and not form.is_submitted():
        form.outcome.data = asked


def _asks_more(form: PartForm) -> ResponseReturnValue | None:
    """The page again after a long wait that nobody has explained: without a script it did not ask before."""
    if not isinstance(form, ArrivalForm):
        return None
    arrival = form.part()
    asked = {"delay", "rank"}
    waited = arrival.pruned.wait_minutes if isinstance(arrival, Arrival) else None
    frame_choices = form_choices()
    if not waited or waited <= frame_choices.long_wait_minutes or all(form[one].data for one in asked):
        return None
    flash(f"Saved. You waited {plural(waited, 'minute')}: say below why, and who decided it.")
    return redirect(request.path)


def _suppose_days(form: PartForm, report: VisitReport) -> None:
    """Fills in the day of the arrival, or the one the pair had agreed, or today while the week runs."""
    if isinstance(form, DayForm) and report.week_starts_on <= today() <= report.week_ends_on:
        form.suppose_day(today())
    if not isinstance(form, ArrivalForm):
        return
    agreed = sealed_time_seen_by(db.session(), current_user.actor, report.visit_id)
    came_at = form.arrived_at.data or (agreed.starts_at if agreed and agreed.is_agreed else now())
    day = min(london_day(came_at), today())
    if report.week_starts_on <= day <= report.week_ends_on:
        form.suppose_days(day)
