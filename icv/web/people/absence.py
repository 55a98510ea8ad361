"""Leave and suspension: going, coming back, and the duties somebody holds while away."""

from datetime import date

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from icv.rules.access import Action
from icv.rules.days import day_in_words
from icv.rules.words import plural
from icv.services import people as desk
from icv.store.people import Absence, absence, timeline
from icv.store.visiting import HeldDuty, duties_still_held
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.fields import DayField
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.forms import REASON
from icv.web.people.words import moved_in_words
from icv.web.refusals import told_above, told_in


class LeaveForm(FlaskForm):
    first_on = DayField("First day away", [InputRequired("Enter the first day away")])
    returns_on = DayField("First day back", description="Leave empty while it is not known")
    reason = TextAreaField("Reason", [Optional(), REASON], description="Only if it should be on record")


class ReturnForm(FlaskForm):
    returns_on = DayField("First day back")


class SuspendForm(FlaskForm):
    on = DayField("Suspended from", [InputRequired("Enter the first day of the suspension")])
    reason = TextAreaField("Reason", [DataRequired("Enter the reason"), REASON])


class ReleaseForm(FlaskForm):
    duties = SelectMultipleField(
        "Duties to give back",
        [InputRequired("Tick the duties to give back")],
        coerce=int,
        validate_choice=False,
    )

    def offer(self, duties: list[HeldDuty]) -> None:
        self.duties.choices = [SelectChoice(duty.id, duty.words) for duty in duties]


@bp.route("/<int:person_id>/leave", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def leave(person_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), LeaveForm(first_on=today())
    if form.validate_on_submit():
        asked = desk.Leave(form.first_on.data, form.returns_on.data, form.reason.data or "")
        with told_in(form):
            desk.go_on_leave(db.session(), person_id, asked, choices(), by=current_user.actor, at=now())
            db.session.commit()
            flash(f"The leave of {person.name} is on record.")
            return _after_going(person_id)
    return page("people/leave.html", form=form, person=person, marking=choices().records_marking)


@bp.route("/<int:person_id>/suspend", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def suspend(person_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), SuspendForm(on=today())
    if form.validate_on_submit():
        on, reason = form.on.data, form.reason.data
        with told_in(form):
            moved = desk.suspend(
                db.session(), person_id, on, reason, choices(), by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(moved_in_words([moved]))
            return _after_going(person_id)
    away, held = _away_with_duties(person_id)
    return page(
        "people/suspend.html",
        form=form,
        person=person,
        away=away,
        held=held,
        marking=choices().records_marking,
    )


def _after_going(person_id: int) -> ResponseReturnValue:
    """To the duties held while away, where there are any."""
    _, held = _away_with_duties(person_id)
    return redirect(url_for("people.held_while_away" if held else "people.show", person_id=person_id))


@bp.route("/<int:person_id>/return", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def come_back(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    away = absence(timeline(db.session(), person_id), today())
    form = ReturnForm(returns_on=(away.returns_on if away else None) or today())
    if form.validate_on_submit():
        on = form.returns_on.data
        with told_in(form):
            desk.change_return(db.session(), person_id, on, choices(), by=current_user.actor, at=now())
            db.session.commit()
            flash(_return_in_words(person.name, on))
            return redirect(url_for("people.show", person_id=person_id))
    return page(
        "people/return.html",
        form=form,
        person=person,
        away=away,
        today=today(),
        marking=choices().records_marking,
    )


def _return_in_words(name: str, on: date | None) -> str:
    if on is None:
        return f"{name} is away until another day of return is entered."
    return f"{name} is back from {day_in_words(on)}."


@bp.post("/<int:person_id>/leave/call-off")
@needs(Action.MOVE_STAGE)
def call_off_leave(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    with told_above():
        desk.call_off_leave(db.session(), person_id, "Leave called off", by=current_user.actor, at=now())
        db.session.commit()
        flash(f"The leave of {person.name} is called off. Duties that were given back stay given back.")
    return redirect(url_for("people.show", person_id=person_id))


@bp.route("/<int:person_id>/duties", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def held_while_away(person_id: int) -> ResponseReturnValue:
    person, (away, held) = seen(person_id), _away_with_duties(person_id)
    form = _release_form(away, held)
    if form.validate_on_submit():
        ticked, by = form.duties.data or [], current_user.actor
        with told_in(form):
            number = desk.release_duties(db.session(), person_id, ticked, "away", by=by, at=now())
            db.session.commit()
            flash(f"{plural(number, 'duty', 'duties')} given back. The partners are told.")
            return redirect(url_for("people.show", person_id=person_id))
    marking = choices().records_marking
    return page(
        "people/held-while-away.html", form=form, person=person, away=away, held=held, marking=marking
    )


def _release_form(away: Absence | None, held: list[HeldDuty]) -> ReleaseForm:
    """Those that lie within the absence are ticked at first."""
    form = ReleaseForm(
        duties=[duty.id for duty in held if away and duty.lies_within(away.since, away.returns_on)]
    )
    form.offer(held)
    return form


def _away_with_duties(person_id: int) -> tuple[Absence | None, list[HeldDuty]]:
    away = absence(timeline(db.session(), person_id), today())
    if away is None:
        return None, []
    first = max(away.since or today(), today())
    return away, duties_still_held(db.session(), person_id, first, away.returns_on)
