"""What is recorded for several people chosen on the board: vetting asked for, vetting cleared."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.records import VettingFacts
from icv.rules.words import plural
from icv.services import vetting as desk
from icv.store.vetting import levels_on_record, people_vetted
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.refusals import told_in
from icv.web.vetting.blueprint import bp, chosen_or_404
from icv.web.vetting.forms import AskedForm, ClearedForm

ACTS = {"asked": "vetting.asked", "cleared": "vetting.cleared", "extend": "vetting.extend"}


@bp.get("/vetting/chosen")
@needs(Action.SEE_PEOPLE)
def chosen() -> ResponseReturnValue:
    """From the board with its ticks to the page of the act."""
    people = people_vetted(db.session(), today(), person_ids=ticked("person"))
    if not people:
        flash("Choose at least one person first.", "warning")
        return redirect(url_for("vetting.board"))
    act = ACTS.get(request.args.get("act", ""), "vetting.asked")
    return redirect(url_for(act, person=[person.id for person in people]))


@bp.route("/vetting/asked", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def asked() -> ResponseReturnValue:
    ids, form = [person.id for person in chosen_or_404()], AskedForm(requested_on=today())
    people, left_out = desk.to_be_asked(db.session(), ids, today())
    if people and form.validate_on_submit():
        with told_in(form):
            level, on = form.level.data or "", form.requested_on.data
            number = desk.record_asked(db.session(), ids, level, on, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"Vetting is recorded as asked for, for {plural(number, 'person', 'people')}.")
            return redirect(url_for("vetting.board"))
    was_read("vetting", "people", None)
    return page(
        "vetting/asked.html",
        form=form,
        people=people,
        left_out=left_out,
        levels=levels_on_record(db.session()),
        marking=choices().records_marking,
    )


@bp.route("/vetting/cleared", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def cleared() -> ResponseReturnValue:
    ids, form = [person.id for person in chosen_or_404()], ClearedForm(cleared_on=today())
    if form.validate_on_submit():
        facts = VettingFacts(
            form.level.data or "", cleared_on=form.cleared_on.data, expires_on=form.expires_on.data
        )
        with told_in(form):
            number = desk.record_cleared(db.session(), ids, facts, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"Vetting is recorded as cleared for {plural(number, 'person', 'people')}.")
            return redirect(url_for("vetting.board"))
    was_read("vetting", "people", None)
    return page(
        "vetting/cleared.html",
        form=form,
        people=desk.to_be_cleared(db.session(), ids, today()),
        levels=levels_on_record(db.session()),
        marking=choices().records_marking,
    )
