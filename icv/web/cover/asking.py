"""Asking others to take an own visit, or one of them to swap; and withdrawing it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import cover as desk
from icv.services.cover import MaySwap, MayTake
from icv.store.cover import DutyInHand, open_request_of
from icv.web.clock import now, today
from icv.web.cover.blueprint import bp, own_duty_or_404, seen_or_404
from icv.web.cover.forms import CoverForm, SwapForm
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import page_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in


@bp.route("/duties/<int:duty_id>", methods=["GET", "POST"])
@needs(Action.ASK_COVER)
def ask(duty_id: int) -> ResponseReturnValue:
    duty, form = own_duty_or_404(duty_id), CoverForm()
    if request.method == "GET" and (asked := _asked_already(duty)):
        return asked
    why_not = desk.why_not_ask(duty, choices(), at=now())
    may = [] if why_not else desk.who_may_take(db.session(), duty, choices())
    form.offer(may)
    if form.validate_on_submit() and (cover_id := _ask(duty, form, may)):
        return redirect(url_for("cover.show", cover_id=cover_id))
    marking = choices().records_marking
    return page("cover/ask.html", duty=duty, form=form, may=may, why_not=why_not, marking=marking)


def _ask(duty: DutyInHand, form: CoverForm, may: list[MayTake]) -> int | None:
    with told_in(form):
        cover_id = desk.ask_cover(
            db.session(),
            duty.id,
            form.people.data or [],
            may,
            form.words.data or "",
            choices=choices(),
            by=current_user.actor,
            at=now(),
            page=page_address,
        )
        db.session.commit()
        who = plural(len(form.people.data or []), "visitor")
        flash(f"{who} will be asked by e-mail. Until somebody takes it, the visit stays yours.")
        return cover_id
    return None


@bp.route("/duties/<int:duty_id>/swap", methods=["GET", "POST"])
@needs(Action.ASK_COVER)
def ask_swap(duty_id: int) -> ResponseReturnValue:
    duty, form = own_duty_or_404(duty_id), SwapForm()
    if request.method == "GET" and (asked := _asked_already(duty)):
        return asked
    why_not = desk.why_not_ask(duty, choices(), at=now())
    may = [] if why_not else desk.swaps_for(db.session(), duty, choices(), on=today())
    form.offer(may)
    if form.validate_on_submit() and (cover_id := _ask_swap(duty, form, may)):
        return redirect(url_for("cover.show", cover_id=cover_id))
    marking = choices().records_marking
    return page("cover/ask-swap.html", duty=duty, form=form, may=may, why_not=why_not, marking=marking)


def _ask_swap(duty: DutyInHand, form: SwapForm, may: list[MaySwap]) -> int | None:
    with told_in(form):
        cover_id = desk.ask_swap(
            db.session(),
            duty.id,
            form.offered.data,
            may,
            form.words.data or "",
            choices=choices(),
            by=current_user.actor,
            at=now(),
            page=page_address,
        )
        db.session.commit()
        flash("The other visitor will be asked by e-mail. Nothing changes unless they agree.")
        return cover_id
    return None


def _asked_already(duty: DutyInHand) -> Response | None:
    """Back after sending leads to what was sent."""
    asked = open_request_of(db.session(), duty.id)
    return redirect(url_for("cover.show", cover_id=asked.id)) if asked else None


@bp.post("/<int:cover_id>/withdraw")
@needs(Action.ASK_COVER)
def withdraw(cover_id: int) -> ResponseReturnValue:
    duty = seen_or_404(cover_id).request.duty
    with told_above():
        desk.withdraw(db.session(), cover_id, by=current_user.actor, at=now())
        db.session.commit()
        flash("Withdrawn. The visit is yours, and whoever was asked will be told.")
        return redirect(url_for("duties.show", duty_id=duty.id))
    return redirect(url_for("cover.show", cover_id=cover_id))
