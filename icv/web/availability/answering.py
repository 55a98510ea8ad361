"""Answering a call for availability with one button."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import availability as desk
from icv.store.availability import answers, call_seen_by, days_away
from icv.web.availability.blueprint import bp
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_above


@bp.get("/calls/<int:call_id>")
@needs(Action.GIVE_AVAILABILITY)
def call(call_id: int) -> ResponseReturnValue:
    """Where the letter leads: opening it answers nothing."""
    actor = current_user.actor
    asked = call_seen_by(db.session(), actor, call_id) or abort(404)
    return page(
        "availability/call.html",
        call=asked,
        answer=answers(db.session(), [actor.person_id]).get(actor.person_id),
        away=days_away(db.session(), [actor.person_id], asked.period),
        times=choices().grid.size,
        today=today(),
    )


@bp.post("/calls/<int:call_id>/none-to-add")
@needs(Action.GIVE_AVAILABILITY)
def none_to_add(call_id: int) -> ResponseReturnValue:
    asked = call_seen_by(db.session(), current_user.actor, call_id) or abort(404)
    with told_above():
        desk.none_to_add(db.session(), call_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Thank you. You have nothing to add for {asked.name}.")
    return redirect(url_for("availability.show"))
