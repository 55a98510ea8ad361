"""The pages of calls for availability: all of them, a new one, and who has answered."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.calls import chase_on, usual_answer_by, usual_period
from icv.rules.days import Period, london_day
from icv.rules.words import plural
from icv.services import availability as desk
from icv.store import availability as store
from icv.store.availability import CallLine
from icv.store.rota import last_week_planned
from icv.web.calls.forms import AnswerByForm, CallForm
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import page_address
from icv.web.pages import page
from icv.web.refusals import told_above, told_in

bp = Blueprint("calls", __name__, url_prefix="/rota/calls")


@bp.get("/")
@needs(Action.ASK_AVAILABILITY)
def index() -> ResponseReturnValue:
    return page("calls/index.html", calls=store.calls(db.session(), today()), today=today())


@bp.route("/add", methods=["GET", "POST"])
@needs(Action.ASK_AVAILABILITY)
def add() -> ResponseReturnValue:
    period = usual_period(last_week_planned(db.session()), today())
    answer_by = usual_answer_by(period, today())
    form = CallForm(first_on=period.first, last_on=period.last, answer_by=answer_by)
    if form.validate_on_submit() and (call_id := _asked(form)):
        return redirect(url_for("calls.show", call_id=call_id))
    return page("calls/add.html", form=form, people=store.to_be_asked(db.session(), period), period=period)


def _asked(form: CallForm) -> int | None:
    """The id of the call; None where it was refused, which the form then says."""
    if form.last_on.data < form.first_on.data:
        form.last_on.errors = ["The last day cannot be before the first."]
        return None
    with told_in(form):
        period = Period(form.first_on.data, form.last_on.data)
        asked = desk.ask_visitors(
            db.session(),
            period,
            form.answer_by.data,
            address_of_page=page_address,
            by=current_user.actor,
            at=now(),
        )
        call_id = asked.id
        db.session.commit()
        flash("Visitors are asked by e-mail, each with two ways to answer.")
        return call_id
    return None


@bp.get("/<int:call_id>")
@needs(Action.ASK_AVAILABILITY)
def show(call_id: int) -> ResponseReturnValue:
    call = _call(call_id)
    replies = store.replies(db.session(), call_id, today())
    people = [reply.person_id for reply in replies]
    away: dict[int, list[store.Away]] = {}
    for one in store.days_away(db.session(), people, call.period):
        away.setdefault(one.person_id, []).append(one)
    return page(
        "calls/show.html",
        call=call,
        replies=replies,
        newcomers=store.newcomers(db.session(), call, call_id),
        away=away,
        given=store.answers(db.session(), people),
        chases_on=chase_on(london_day(call.asked_at), call.answer_by),
        today=today(),
    )


def _call(call_id: int) -> CallLine:
    return store.call_line(db.session(), call_id, today()) or abort(404)


@bp.post("/<int:call_id>/chase")
@needs(Action.ASK_AVAILABILITY)
def chase(call_id: int) -> ResponseReturnValue:
    _call(call_id)
    with told_above():
        chased = desk.chase_by_hand(
            db.session(), call_id, address_of_page=page_address, by=current_user.actor, at=now()
        )
        db.session.commit()
        flash(f"{plural(chased, 'visitor is', 'visitors are')} reminded by e-mail.")
    return redirect(url_for("calls.show", call_id=call_id))


@bp.route("/<int:call_id>/longer", methods=["GET", "POST"])
@needs(Action.ASK_AVAILABILITY)
def longer(call_id: int) -> ResponseReturnValue:
    call = _call(call_id)
    form = AnswerByForm(answer_by=call.answer_by)
    if form.validate_on_submit():
        with told_in(form):
            desk.give_longer(db.session(), call_id, form.answer_by.data, by=current_user.actor, at=now())
            db.session.commit()
            flash("The last day for answers is changed.")
            return redirect(url_for("calls.show", call_id=call_id))
    return page("calls/longer.html", form=form, call=call)
