"""Entering a paper report: the pages of its parts as the pair has them, with the coordinator as writer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectMultipleField

from icv.rules.access import Action
from icv.rules.report import Draft, Section
from icv.rules.report.paper import missing_on_paper
from icv.services import reports
from icv.store.reports import VisitReport, saved_parts
from icv.store.signing import pair_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.reports import lists, views
from icv.web.reports.asked import form_choices
from icv.web.reports.saving import draft_of, frame_of, own_report
from icv.web.reports.ways import ANY_IN_NUMBERS, ANY_SECTION, PAPER

bp = Blueprint(PAPER, __name__, url_prefix="/visits/<int:visit_id>/paper")


class EnterForm(FlaskForm):
    signed_by = SelectMultipleField(
        "Who signed the paper?",
        coerce=int,
        description="Who did not is asked to read the report and countersign it, by letter.",
    )


@bp.get("")
@needs(Action.RECORD_VISIT)
def show(visit_id: int) -> ResponseReturnValue:
    report = own_report(visit_id)
    if not report.is_open_on(today()):
        return _back_to_visit(visit_id)
    saved = saved_parts(db.session(), visit_id)
    draft = draft_of(report, saved)
    return page(
        "visits/paper.html",
        report=report,
        draft=draft,
        missing=_missing(report, draft),
        others={one.saved_by for one in saved.values() if one.saved_by} - {current_user.actor.name},
        marking=choices().records_marking,
    )


@bp.route("/check", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def check(visit_id: int) -> ResponseReturnValue:
    report, form = own_report(visit_id), EnterForm()
    form.signed_by.choices = [SelectChoice(one, name) for one, name in pair_of(db.session(), visit_id)]
    if form.validate_on_submit() and _is_entered(form, visit_id):
        return _back_to_visit(visit_id)
    if not report.is_open_on(today()):
        return _back_to_visit(visit_id)
    draft = draft_of(report, saved_parts(db.session(), visit_id))
    return page(
        "visits/paper-check.html",
        form=form,
        report=report,
        draft=draft,
        missing=_missing(report, draft),
        flags=draft.arrival.pruned.flags(form_choices().delay_rank),
        marking=choices().records_marking,
    )


def _is_entered(form: EnterForm, visit_id: int) -> bool:
    with told_in(form):
        signed_by, by = form.signed_by.data or [], current_user.actor
        reports.file_from_paper(db.session(), visit_id, signed_by, by=by, at=now())
        db.session.commit()
        flash("Entered from paper. It counts like any other report, and its two visitors are told.")
        return True
    return False


def _missing(report: VisitReport, draft: Draft) -> list[tuple[Section, Any]]:
    return missing_on_paper(draft, frame_of(report))


def _back_to_visit(visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("visits.show", visit_id=visit_id))


def _for_the_coordinator(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def entering(**values: Any) -> ResponseReturnValue:
        return view(**values)

    return needs(Action.RECORD_VISIT)(entering)


_SENT_TOO = ["GET", "POST"]
for _path, _view, _methods in (
    (ANY_SECTION, views.section, _SENT_TOO),
    ("/contacts", lists.contacts, _SENT_TOO),
    ("/records", lists.records, _SENT_TOO),
    ("/findings", lists.findings, _SENT_TOO),
    (f"{ANY_IN_NUMBERS}/add", lists.add, _SENT_TOO),
    (f"{ANY_IN_NUMBERS}/<int:number>", lists.change, _SENT_TOO),
    (f"{ANY_IN_NUMBERS}/<int:number>/remove", lists.remove, ["POST"]),
):
    bp.add_url_rule(_path, _view.__name__, _for_the_coordinator(_view), methods=_methods)
