"""The page of somebody's own availability: the weekly grid and how often."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import WEEKDAYS
from icv.rules.usual import Shortcut, shortcuts
from icv.services import availability as desk
from icv.store.availability import Answer, answers, calls_open_to, days_away_from, has_old_bands
from icv.web.availability.blueprint import bp
from icv.web.availability.forms import AvailabilityForm
from icv.web.availability.words import answered_in_words
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in

SHORTCUTS = {
    Shortcut.EVENINGS: "All weekday evenings",
    Shortcut.WEEKENDS: "Every weekend",
    Shortcut.ANY_TIME: "Any time",
    Shortcut.NONE: "Clear all",
}


@bp.route("/", methods=["GET", "POST"])
@needs(Action.GIVE_AVAILABILITY)
def show() -> ResponseReturnValue:
    answer = answers(db.session(), [current_user.actor.person_id]).get(current_user.actor.person_id)
    form = AvailabilityForm(choices().grid, **_given(answer))
    shortcut = _shortcut_pressed()
    if shortcut:
        form.mark(shortcut)
    elif form.validate_on_submit() and _is_given(form):
        return redirect(url_for("availability.show"))
    return page(
        "availability/show.html",
        form=form,
        answer=answer,
        shortcuts=[(one, SHORTCUTS[one]) for one in shortcuts(choices().grid)],
        is_marked=shortcut is not None,
        has_old_bands=bool(answer and answer.free and has_old_bands(db.session(), answer.given_at, today())),
        calls=calls_open_to(db.session(), current_user.actor.person_id, today()),
        days_away=days_away_from(db.session(), current_user.actor.person_id, today()),
        weekdays=WEEKDAYS,
        bands=choices().grid.band_names,
    )


def _given(answer: Answer | None) -> dict[str, Any]:
    """What the form holds at first."""
    if answer is None:
        return {}
    return {
        "free": [f"{day}-{band}" for day, band in answer.free],
        "wanted_a_month": answer.wanted_a_month,
        "most_a_month": answer.most_a_month,
    }


def _shortcut_pressed() -> Shortcut | None:
    """The button that only marks and does not save yet."""
    pressed = request.form.get("mark", "")
    return Shortcut(pressed) if pressed in set(Shortcut) else None


def _is_given(form: AvailabilityForm) -> bool:
    with told_in(form):
        wanted, most = form.wanted_a_month.data, form.most_a_month.data
        answered = desk.give(db.session(), form.slots(), wanted, most, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Thank you. The next rota will be drawn with what you gave.{answered_in_words(answered)}")
        return True
    return False


@bp.post("/nothing-to-add")
@needs(Action.GIVE_AVAILABILITY)
def nothing_to_add() -> ResponseReturnValue:
    desk.nothing_to_add(db.session(), by=current_user.actor, at=now())
    db.session.commit()
    flash("Thank you. It is noted that you have nothing to add.")
    return redirect(url_for("availability.show"))
