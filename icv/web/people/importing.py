"""Importing a file in the browser: it is checked first, and imported from what was checked."""

import hashlib
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.csv_writing import csv_bytes
from icv.papers.uploads import uploaded_sheet
from icv.rules.access import Action
from icv.rules.exchange.rows import RowError
from icv.rules.refusals import Refusal
from icv.rules.words import plural
from icv.services import exchange
from icv.web.clock import now
from icv.web.db import db
from icv.web.files import CSV, as_file
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.arriving import ImportForm
from icv.web.people.blueprint import bp
from icv.web.people.checked import CheckedFile, unpacked
from icv.web.readings import was_read
from icv.web.refusals import refuse, told_in

MOST_SHOWN = 200
AFTERWARDS = {
    "volunteers": "people.index",
    "suites": "settings.suites",
    "visits": "visits.index",
    "findings": "findings.index",
}
"""Where what was imported is seen."""
HOW_TO_UPDATE = "tick “Change those already on record” to change it"


@bp.route("/import", methods=["GET", "POST"])
@needs(Action.IMPORT_PEOPLE)
def import_file() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        with told_in(form):
            return _checked(_read(form), form)
    return _page(form)


@bp.post("/import/checked")
@needs(Action.IMPORT_PEOPLE)
def import_checked() -> ResponseReturnValue:
    file = unpacked(request.form.get("packed", ""))
    if file is None:
        flash("The check is more than an hour old. Choose the file again.", "warning")
        return redirect(url_for("people.import_file"))
    form = ImportForm(formdata=None, kind=file.kind, is_update=file.is_update)
    try:
        done = _import(file)
    except exchange.ImportRefused as refusal:
        return _refused(file, form, refusal)
    if _shown(done) != file.seen:
        flash("What is on record has changed since the check. Look again at what would change.", "warning")
        return _told(file, done)
    db.session.commit()
    flash(f"Imported the {file.kind} of {file.file_name}: {_counts(done)}.")
    return redirect(url_for(AFTERWARDS[file.kind]))


@bp.get(f"/import/<any({','.join(exchange.BOOKS)}):kind>.csv")
@needs(Action.IMPORT_PEOPLE)
def import_headings(kind: str) -> ResponseReturnValue:
    """A file with the names of the columns and no rows, to begin with."""
    columns = exchange.BOOKS[kind].format.columns
    return as_file(csv_bytes(columns, []), f"{kind}.csv", CSV)


def _read(form: ImportForm) -> CheckedFile:
    """Reading takes its time: the database is let go of for so long."""
    db.session.rollback()
    sent = form.file.data
    content = sent.read()
    try:
        sheet = uploaded_sheet(sent.filename, content, form.kind.data)
    except Refusal as refusal:
        raise Refusal(str(refusal), field="file") from refusal
    return CheckedFile.of(form.kind.data, sent.filename, form.is_update.data, sheet, content)


def _checked(file: CheckedFile, form: ImportForm) -> ResponseReturnValue:
    """Imports it: what is told is what would happen."""
    try:
        done = _import(file)
    except exchange.ImportRefused as refusal:
        return _refused(file, form, refusal)
    return _told(file, done)


def _told(file: CheckedFile, done: exchange.Imported) -> ResponseReturnValue:
    """What it would add and change, taken back."""
    db.session.rollback()
    if file.kind == "volunteers" and done.differences:
        was_read("vetting", "people", None)
    return page(
        "people/import-checked.html",
        file=file,
        done=done,
        counts=_counts(done),
        packed=replace(file, seen=_shown(done)).packed(),
        most=MOST_SHOWN,
        marking=choices().records_marking,
    )


def _shown(done: exchange.Imported) -> str:
    """Stands for exactly what the check shows, however much that is."""
    return hashlib.sha256(repr((done.new, done.differences)).encode()).hexdigest()


def _import(file: CheckedFile) -> exchange.Imported:
    return exchange.import_sheet(
        db.session(),
        file.kind,
        file.sheet,
        sha256=file.sha256,
        update=file.is_update,
        how_to_update=HOW_TO_UPDATE,
        by=current_user.actor.account_id,
        at=now(),
    )


def _refused(file: CheckedFile, form: ImportForm, refusal: exchange.ImportRefused) -> ResponseReturnValue:
    wrong = plural(len(refusal.errors), "thing is", "things are")
    refuse(form, Refusal(f"{file.file_name} was not imported: {wrong} wrong in it.", field="file"))
    return _page(form, refusal.errors)


def _page(form: ImportForm, errors: tuple[RowError, ...] = ()) -> ResponseReturnValue:
    return page(
        "people/import.html",
        form=form,
        errors=errors,
        most=MOST_SHOWN,
        kinds=list(exchange.BOOKS),
        marking=choices().records_marking,
    )


def _counts(done: exchange.Imported) -> str:
    return f"{done.added:,} added, {done.changed:,} changed, {done.unchanged:,} unchanged"
