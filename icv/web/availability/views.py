"""The page of somebody's own availability."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action, Actor
from icv.rules.days import WEEKDAYS
from icv.services import availability as desk
from icv.store.availability import answers, days_away_from
from icv.store.duties import OwnDuty, duties_seen_by
from icv.web.availability.forms import AvailabilityForm, AwayForm
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in

bp = Blueprint("availability", __name__, url_prefix="/availability")


@bp.route("/", methods=["GET", "POST"])
@needs(Action.GIVE_AVAILABILITY)
def show() -> ResponseReturnValue:
    answer = answers(db.session(), [current_user.actor.person_id]).get(current_user.actor.person_id)
    form = AvailabilityForm(
        choices().grid,
        free=[f"{day}-{band}" for day, band in answer.free] if answer else [],
        wanted_a_month=answer and answer.wanted_a_month,
        most_a_month=answer and answer.most_a_month,
    )
    if form.validate_on_submit() and _done(form, lambda by: _give(form, by)):
        flash("Thank you. The next rota will be drawn with what you gave.")
        return redirect(url_for("availability.show"))
    return page(
        "availability/show.html",
        form=form,
        answer=answer,
        days_away=days_away_from(db.session(), current_user.actor.person_id, today()),
        weekdays=WEEKDAYS,
        bands=choices().grid.band_names,
    )


def _give(form: AvailabilityForm, by: Actor) -> None:
    desk.give(db.session(), form.slots(), form.wanted_a_month.data, form.most_a_month.data, by=by, at=now())


def _done(form: Any, act: Callable[[Actor], None]) -> bool:
    """Acts and commits; a refusal is said in the form."""
    with told_in(form):
        act(current_user.actor)
        db.session.commit()
        return True
    return False


@bp.post("/nothing-to-add")
@needs(Action.GIVE_AVAILABILITY)
def nothing_to_add() -> ResponseReturnValue:
    desk.nothing_to_add(db.session(), by=current_user.actor, at=now())
    db.session.commit()
    flash("Thank you. It is noted that you have nothing to add.")
    return redirect(url_for("availability.show"))


@bp.route("/days-away", methods=["GET", "POST"])
@needs(Action.GIVE_AVAILABILITY)
def days_away() -> ResponseReturnValue:
    form = AwayForm()
    if form.validate_on_submit() and _done(form, lambda by: _add(form, by)):
        flash("Your days away are noted.")
        if any(_touches(form, duty) for duty in _duties_to_come()):
            flash(
                "You have a visit in that time. If you cannot make it, say so under My duties, so that"
                " somebody else can be found.",
                "warning",
            )
        return redirect(url_for("availability.show"))
    return page("availability/days-away.html", form=form)


def _add(form: AwayForm, by: Actor) -> None:
    desk.add_days_away(db.session(), form.first_on.data, form.last_on.data, by=by, at=now())


def _duties_to_come() -> list[OwnDuty]:
    duties = duties_seen_by(db.session(), current_user.actor, on=today(), contact_days=0)
    return [duty for duty in duties if duty.outcome is None and duty.week_ends_on >= today()]


def _touches(form: AwayForm, duty: OwnDuty) -> bool:
    return bool(form.first_on.data <= duty.week_ends_on and duty.week_starts_on <= form.last_on.data)


@bp.post("/days-away/<int:days_away_id>/remove")
@needs(Action.GIVE_AVAILABILITY)
def remove_days_away(days_away_id: int) -> ResponseReturnValue:
    if not desk.remove_days_away(db.session(), days_away_id, by=current_user.actor, at=now()):
        abort(404)
    db.session.commit()
    flash("Those days are taken off: you count as free again.")
    return redirect(url_for("availability.show"))
