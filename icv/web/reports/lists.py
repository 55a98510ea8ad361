"""The parts of a report that come in numbers: people met, and findings."""

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.report import SERIOUS_MEANS, Draft, Shown, asked_of
from icv.services import reports
from icv.store.reports import VisitReport, saved_parts
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.refusals import told_above
from icv.web.reports.asked import form_choices
from icv.web.reports.forms import (
    ContactForm,
    ContactsForm,
    FindingForm,
    FindingsForm,
    PartForm,
    RecordForm,
    RecordsForm,
    choices,
)
from icv.web.reports.saving import (
    back_to_list,
    draft_of,
    filled,
    frame_of,
    is_added,
    is_saved,
    onward,
    own_report,
    part_page,
)
from icv.web.reports.views import bp
from icv.web.reports.ways import ANY_IN_NUMBERS, is_from_paper, report_url

FORMS: dict[str, type[PartForm]] = {"contact": ContactForm, "record": RecordForm, "finding": FindingForm}
LISTS: dict[str, type[PartForm]] = {
    "contacts": ContactsForm,
    "records": RecordsForm,
    "findings": FindingsForm,
}
ADDED = {
    "contact": "Added. Add the next person, or go on.",
    "record": "Added. Add the next record, or go on.",
    "finding": "The finding is in the report.",
}


@bp.route("/contacts", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def contacts(visit_id: int) -> ResponseReturnValue:
    return _list(visit_id, "contacts")


@bp.route("/records", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def records(visit_id: int) -> ResponseReturnValue:
    return _list(visit_id, "records")


@bp.route("/findings", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def findings(visit_id: int) -> ResponseReturnValue:
    return _list(visit_id, "findings")


@bp.route(f"{ANY_IN_NUMBERS}/add", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def add(visit_id: int, word: str) -> ResponseReturnValue:
    report = own_report(visit_id)
    is_asked = f"{word}s" in asked_of(report.kind)
    if not is_asked or (request.method == "GET" and not report.is_open_on(today())):
        return back_to_list(visit_id)
    shown = _shown(report) if word == "finding" else None
    form = asking(FORMS[word](**_prefilled(shown)))
    if form.validate_on_submit() and is_added(form, visit_id, word):
        flash(ADDED[word])
        return redirect(report_url(f"{word}s", visit_id=visit_id))
    return part_page(
        f"reports/{word}.html",
        form,
        report,
        f"{word}-0",
        number=None,
        serious_means=SERIOUS_MEANS,
        shown=shown,
    )


@bp.route(f"{ANY_IN_NUMBERS}/<int:number>", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def change(visit_id: int, word: str, number: int) -> ResponseReturnValue:
    report, name = own_report(visit_id), f"{word}-{number}"
    saved = saved_parts(db.session(), visit_id).get(name)
    if request.method == "GET" and not (saved and report.is_open_on(today())):
        return redirect(report_url(f"{word}s", visit_id=visit_id))
    form = asking(filled(FORMS[word], saved))
    if form.validate_on_submit() and is_saved(form, visit_id, name):
        return redirect(report_url(f"{word}s", visit_id=visit_id))
    return part_page(f"reports/{word}.html", form, report, name, number=number, serious_means=SERIOUS_MEANS)


@bp.post(f"{ANY_IN_NUMBERS}/<int:number>/remove")
@needs(Action.FILE_REPORT)
def remove(visit_id: int, word: str, number: int) -> ResponseReturnValue:
    own_report(visit_id)
    with told_above():
        name, by, from_paper = f"{word}-{number}", current_user.actor, is_from_paper()
        reports.remove(db.session(), visit_id, name, by=by, at=now(), from_paper=from_paper)
        db.session.commit()
        flash("Removed from the report.")
        return redirect(report_url(f"{word}s", visit_id=visit_id))
    return back_to_list(visit_id)


def _list(visit_id: int, name: str) -> ResponseReturnValue:
    report = own_report(visit_id)
    if request.method == "GET" and not report.is_open_on(today()):
        return back_to_list(visit_id)
    if name not in asked_of(report.kind):
        return back_to_list(visit_id)
    saved = saved_parts(db.session(), visit_id)
    draft = draft_of(report, saved)
    form = filled(LISTS[name], saved.get(name))
    if form.validate_on_submit() and is_saved(form, visit_id, name):
        return onward(report, name)
    return part_page(
        f"reports/{name}.html",
        form,
        report,
        name,
        draft=draft,
        shown=_shown_in(draft, name),
        doubts=[one for one in draft.doubts(frame_of(report)) if one[0].startswith(f"{name[:-1]}-")],
    )


def _shown_in(draft: Draft, name: str) -> list[Shown]:
    """Answers that may be findings: those about people beside them, and all beside the findings."""
    return [one for one in draft.shown(form_choices()) if name in {one.section, "findings"}]


def _shown(report: VisitReport) -> Shown | None:
    """The answer a finding is made of, when one came from there."""
    about = request.args.get("about")
    draft = draft_of(report, saved_parts(db.session(), report.visit_id))
    return next((one for one in draft.shown(form_choices()) if one.key == about), None)


def _prefilled(shown: Shown | None) -> dict[str, Any]:
    if shown is None:
        return {}
    return {"check": shown.key, "category": shown.category, "themes": shown.themes}


def asking(form: PartForm) -> PartForm:
    """The form, with the scheme's own categories and themes where it asks for them."""
    if isinstance(form, RecordForm):
        form.ask_for_number()
    if isinstance(form, FindingForm):
        asked = form_choices()
        form.category.choices = choices(
            {name: name.capitalize() for name in asked.finding_categories}, "Choose"
        )
        form.themes.choices = choices({name: name.capitalize() for name in asked.finding_themes})
    return form
