"""Days away: adding them, with the visits that this gives back said first, and taking them off."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import availability as desk
from icv.web.availability.blueprint import bp
from icv.web.availability.forms import AwayForm
from icv.web.availability.words import answered_in_words, given_back_in_words, kept_in_words
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import page
from icv.web.refusals import told_in


@bp.route("/days-away", methods=["GET", "POST"])
@needs(Action.GIVE_AVAILABILITY)
def days_away() -> ResponseReturnValue:
    form = AwayForm()
    if form.validate_on_submit() and (touched := _added(form)):
        if not touched.is_stored:
            return _ask_first(form, touched)
        said = f"Your days away are noted.{given_back_in_words(touched.given_back)}"
        flash(said + answered_in_words(touched.answered))
        if touched.kept:
            flash(kept_in_words(touched.kept), "warning")
        return redirect(url_for("availability.show"))
    return page("availability/days-away.html", form=form)


def _added(form: AwayForm) -> desk.DutiesTouched | None:
    """None where it was refused, which the form then says."""
    with told_in(form):
        touched = desk.add_days_away(
            db.session(),
            form.first_on.data,
            form.last_on.data,
            giving_back=form.giving_back.data or (),
            rota_link=full_address("today.show"),
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        return touched
    return None


def _ask_first(form: AwayForm, touched: desk.DutiesTouched) -> ResponseReturnValue:
    """The page that names the visits; sent from there, the days are stored and these given back."""
    return page("availability/giving-back.html", form=form, touched=touched)


@bp.post("/days-away/<int:days_away_id>/remove")
@needs(Action.GIVE_AVAILABILITY)
def remove_days_away(days_away_id: int) -> ResponseReturnValue:
    if not desk.remove_days_away(db.session(), days_away_id, by=current_user.actor, at=now()):
        abort(404)
    db.session.commit()
    flash("Those days are taken off: you count as free again. Visits given back before stay given back.")
    return redirect(url_for("availability.show"))
