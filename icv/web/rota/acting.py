"""The coordinator for any visitor: accepts, declines, asks for cover, takes or refuses it; marked as such."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.cover import CoverKind, open_until
from icv.services import cover
from icv.services import duties as desk
from icv.services.cover import MayTake
from icv.store.cover import (
    Asked,
    DutyInHand,
    OpenRequest,
    Request,
    duty_in_hand,
    open_request_of,
    people_asked,
    requests_open,
)
from icv.store.cover import request as request_of
from icv.web.clock import now, today
from icv.web.cover.forms import CoverForm, SwapForForm, TakerForm
from icv.web.db import db
from icv.web.duties.forms import DeclineForm
from icv.web.gate import needs
from icv.web.links import full_address, page_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.rota.blueprint import bp

DUTY = "/duties/<int:duty_id>"


@bp.get("/cover")
@needs(Action.ACT_FOR_VISITOR)
def cover_wanted() -> ResponseReturnValue:
    lines = [(one, *_countdown(one)) for one in requests_open(db.session())]
    return page("cover/open.html", lines=lines, marking=choices().records_marking)


def _countdown(one: OpenRequest) -> tuple[date, int]:
    """The last day on which somebody may take it, and the days from today to it."""
    last_on = open_until(one.week_starts_on, choices())
    return last_on, (last_on - today()).days


@bp.get(DUTY)
@needs(Action.ACT_FOR_VISITOR)
def act_for(duty_id: int) -> ResponseReturnValue:
    duty = _duty_or_404(duty_id)
    asked = open_request_of(db.session(), duty_id)
    people = people_asked(db.session(), asked.id) if asked else []
    return page(
        "cover/for-visitor.html",
        duty=duty,
        asked=asked,
        people=people,
        taker=_taker_form(duty, asked, people),
        last_on=open_until(duty.week_starts_on, choices()),
        is_over=duty.outcome is not None or duty.week_ends_on < today(),
        why_not=cover.why_not_ask(duty, choices(), at=now()),
        marking=choices().records_marking,
    )


def _taker_form(duty: DutyInHand, asked: Request | None, people: list[Asked]) -> TakerForm | None:
    """Those who may take it and were not asked; None where there are none, or it is a swap."""
    if asked is None or asked.kind is not CoverKind.COVER or not asked.stands:
        return None
    known = {one.person_id for one in people}
    may = [one for one in cover.who_may_take(db.session(), duty, choices()) if one.person_id not in known]
    form = TakerForm(formdata=None)
    form.offer(may)
    return form if may else None


@bp.post(f"{DUTY}/accept")
@needs(Action.ACT_FOR_VISITOR)
def accept_for(duty_id: int) -> ResponseReturnValue:
    duty = _duty_or_404(duty_id)
    with told_above():
        desk.accept(db.session(), duty_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Accepted for {duty.name}, who is told that you answered.")
    return redirect(url_for("rota.act_for", duty_id=duty_id))


@bp.route(f"{DUTY}/decline", methods=["GET", "POST"])
@needs(Action.ACT_FOR_VISITOR)
def decline_for(duty_id: int) -> ResponseReturnValue:
    duty, form = _duty_or_404(duty_id), DeclineForm()
    if form.validate_on_submit():
        with told_in(form):
            reason, link = form.reason.data or "", full_address("rota.act_for", duty_id=duty_id)
            desk.decline(db.session(), duty_id, reason, by=current_user.actor, at=now(), link=link)
            db.session.commit()
            flash(f"Declined for {duty.name}, who is told that you answered. The place is free.")
            return redirect(url_for("rota.act_for", duty_id=duty_id))
    return page("cover/decline-for.html", duty=duty, form=form, marking=choices().records_marking)


@bp.route(f"{DUTY}/cover", methods=["GET", "POST"])
@needs(Action.ACT_FOR_VISITOR)
def ask_cover_for(duty_id: int) -> ResponseReturnValue:
    duty, form = _duty_or_404(duty_id), CoverForm()
    why_not = cover.why_not_ask(duty, choices(), at=now())
    may = [] if why_not else cover.who_may_take(db.session(), duty, choices())
    form.offer(may)
    if form.validate_on_submit() and _is_asked(duty, form, may):
        return redirect(url_for("rota.act_for", duty_id=duty_id))
    marking = choices().records_marking
    return page("cover/ask-for.html", duty=duty, form=form, may=may, why_not=why_not, marking=marking)


def _is_asked(duty: DutyInHand, form: CoverForm, may: list[MayTake]) -> bool:
    with told_in(form):
        people, words = form.people.data or [], form.words.data or ""
        cover.ask_cover(db.session(), duty.id, people, may, words, **_acting())
        db.session.commit()
        flash(f"Asked for {duty.name}, who is told. Until somebody takes it, the visit stays theirs.")
        return True
    return False


@bp.route(f"{DUTY}/swap", methods=["GET", "POST"])
@needs(Action.ACT_FOR_VISITOR)
def swap_for(duty_id: int) -> ResponseReturnValue:
    form = SwapForForm()
    if form.validate_on_submit() and _is_swap_asked(duty_id, form):
        return redirect(url_for("rota.act_for", duty_id=duty_id))
    duty = _duty_or_404(duty_id)
    why_not = cover.why_not_ask(duty, choices(), at=now())
    may = [] if why_not else cover.swaps_for(db.session(), duty, choices(), on=today())
    form.offer(may)
    marking = choices().records_marking
    return page("cover/swap-for.html", duty=duty, form=form, may=may, why_not=why_not, marking=marking)


def _is_swap_asked(duty_id: int, form: SwapForForm) -> bool:
    """What both agreed is done without looking for other visits to swap for."""
    with told_in(form):
        act = _swap_at_once if form.is_agreed.data else _propose_swap
        said = act(duty_id, form.offered.data, form.words.data or "")
        db.session.commit()
        flash(said)
        return True
    return False


def _swap_at_once(duty_id: int, offered: int, words: str) -> str:
    cover.swap_agreed(db.session(), duty_id, offered, words, **_acting())
    return "Swapped. Both are told, and that you answered for them."


def _propose_swap(duty_id: int, offered: int, words: str) -> str:
    duty = _duty_or_404(duty_id)
    may = cover.swaps_for(db.session(), duty, choices(), on=today())
    cover.ask_swap(db.session(), duty_id, offered, may, words, **_acting())
    return f"Proposed for {duty.name}, who is told. Nothing changes unless the other visitor agrees."


@bp.post(f"{DUTY}/cover/<int:cover_id>/take")
@needs(Action.ACT_FOR_VISITOR)
def take_for(duty_id: int, cover_id: int) -> ResponseReturnValue:
    person_id = request.form.get("person", type=int) or abort(404)
    with told_above():
        cover.take(db.session(), cover_id, person_id, **_acting()) or abort(404)
        db.session.commit()
        flash("Done. Everybody it concerns is told, and that you answered.")
    return redirect(url_for("rota.act_for", duty_id=duty_id))


@bp.post(f"{DUTY}/cover/<int:cover_id>/no")
@needs(Action.ACT_FOR_VISITOR)
def refuse_for(duty_id: int, cover_id: int) -> ResponseReturnValue:
    person_id = request.form.get("person", type=int) or abort(404)
    with told_above():
        by = current_user.actor
        cover.refuse(db.session(), cover_id, person_id, by=by, at=now(), page=page_address) or abort(404)
        db.session.commit()
        flash("Noted: they cannot.")
    return redirect(url_for("rota.act_for", duty_id=duty_id))


@bp.post(f"{DUTY}/cover/<int:cover_id>/withdraw")
@needs(Action.ACT_FOR_VISITOR)
def withdraw_for(duty_id: int, cover_id: int) -> ResponseReturnValue:
    found = _request_or_404(cover_id)
    with told_above():
        cover.withdraw(db.session(), cover_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Withdrawn. The visit stays {found.duty.name}’s, and whoever was asked is told.")
    return redirect(url_for("rota.act_for", duty_id=duty_id))


def _acting() -> dict[str, Any]:
    """What every act of cover asks for: who does it and when, by which choices, and where its pages are."""
    return {"choices": choices(), "by": current_user.actor, "at": now(), "page": page_address}


def _duty_or_404(duty_id: int) -> DutyInHand:
    return duty_in_hand(db.session(), duty_id) or abort(404)


def _request_or_404(cover_id: int) -> Request:
    return request_of(db.session(), cover_id) or abort(404)
