"""Decisions that extend vettings: taking one, after seeing what it changes, and the list of them."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import vetting as desk
from icv.store.vetting import decisions as decisions_made
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.refusals import told_in
from icv.web.vetting.blueprint import bp, chosen_or_404
from icv.web.vetting.forms import ExtendForm


@bp.route("/vetting/extend", methods=["GET", "POST"])
@needs(Action.EXTEND_VETTING)
def extend() -> ResponseReturnValue:
    """Asked, then shown before and after, then agreed to: the same form each time."""
    people, form = chosen_or_404(), ExtendForm(decided_on=today())
    planned = None
    was_read("vetting", "people", None)
    if "again" not in request.form and form.validate_on_submit():
        with told_in(form):
            if form.seen.data:
                return _extended([person.id for person in people], form)
            planned = desk.plan(db.session(), [person.id for person in people], _decision(form), at=now())
    template = "vetting/extend-check.html" if planned else "vetting/extend.html"
    return page(template, form=form, people=people, planned=planned, marking=choices().records_marking)


def _decision(form: ExtendForm) -> desk.Decision:
    return desk.Decision(form.until.data, form.decided_on.data, form.reason.data)


def _extended(person_ids: list[int], form: ExtendForm) -> ResponseReturnValue:
    """To the list of decisions. Refused, it is raised to be told in the form."""
    desk.extend(
        db.session(), person_ids, _decision(form), seen=form.seen.data, by=current_user.actor, at=now()
    )
    db.session.commit()
    people = plural(len(form.seen.data.split()), "vetting")
    flash(f"{people} extended by one decision. Letters about the old last day stop by themselves.")
    return redirect(url_for("vetting.decisions"))


@bp.get("/vetting/decisions")
@needs(Action.SEE_PEOPLE)
def decisions() -> ResponseReturnValue:
    was_read("vetting", "people", None)
    return page(
        "vetting/decisions.html",
        decisions=decisions_made(db.session()),
        marking=choices().records_marking,
    )
