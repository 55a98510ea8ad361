"""Applications as they were sent: read, settled where the address was known, and counted by diversity."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from icv.rules import applying, monitoring
from icv.rules.access import Action
from icv.services.recruitment import settling as desk
from icv.store.recruitment import rounds_listed
from icv.store.recruitment.applications import (
    ApplicationRead,
    application_read,
    applications_to_settle,
    drafts_begun,
)
from icv.store.recruitment.monitoring import applications_sent, asking_of, counts_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in

bp = Blueprint("applications", __name__, url_prefix="/people")


class CloseForm(FlaskForm):
    reason = TextAreaField(
        "Why it becomes no record",
        [DataRequired("Enter the reason: it is kept with the application")],
        description="Such as: visits already, or told by telephone that the first application goes on",
    )


def sent(application_id: int) -> ApplicationRead:
    return application_read(db.session(), application_id, today()) or abort(404)


@bp.get("/applications/")
@needs(Action.SEE_PEOPLE)
def index() -> ResponseReturnValue:
    return page(
        "applications/index.html",
        waiting=applications_to_settle(db.session(), today()),
        drafts=drafts_begun(db.session(), at=now()),
        name_of=applying.name_of,
        marking=choices().records_marking,
    )


@bp.get("/applications/<int:application_id>")
@needs(Action.SEE_PEOPLE)
def show(application_id: int) -> ResponseReturnValue:
    read = sent(application_id)
    return page(
        "applications/show.html",
        read=read,
        name=applying.name_of(read.answers),
        reference=applying.reference(read.id),
        sections=applying.sections(read.answers, choices()),
        marking=choices().records_marking,
    )


@bp.post("/applications/<int:application_id>/take")
@needs(Action.ADD_PERSON)
def take(application_id: int) -> ResponseReturnValue:
    read = sent(application_id)
    with told_above():
        person_id = desk.take(db.session(), application_id, choices(), by=current_user.actor, at=now())
        db.session.commit()
        flash(f"{applying.name_of(read.answers)} has a new record. Next, shortlist or answer no.")
        return redirect(url_for("people.show", person_id=person_id))
    return redirect(url_for("applications.show", application_id=application_id))


@bp.route("/applications/<int:application_id>/close", methods=["GET", "POST"])
@needs(Action.ADD_PERSON)
def close(application_id: int) -> ResponseReturnValue:
    read, form = sent(application_id), CloseForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.close(db.session(), application_id, form.reason.data, by=current_user.actor, at=now())
            db.session.commit()
            flash("The application is closed. Write to the applicant, if nobody has: this sends no letter.")
            return redirect(url_for("applications.index"))
    return page(
        "applications/close.html",
        form=form,
        read=read,
        name=applying.name_of(read.answers),
        marking=choices().records_marking,
    )


@bp.get("/rounds/<int:round_id>/diversity")
@needs(Action.RUN_ROUNDS)
def diversity(round_id: int) -> ResponseReturnValue:
    listed = rounds_listed(db.session(), today())
    found = next((line for line in listed if line.id == round_id), None) or abort(404)
    asking, counts = asking_of(db.session(), round_id) or abort(404), counts_of(db.session(), round_id)
    threshold = choices().suppression_threshold
    return page(
        "applications/diversity.html",
        round=found,
        asking=asking,
        is_over=asking.is_shown_on(today()),
        answered=monitoring.answered(counts),
        sent=applications_sent(db.session(), round_id),
        shown=monitoring.shown(counts, threshold),
        threshold=threshold,
    )
