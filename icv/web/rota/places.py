"""One place of one visit: who could have it, who not and why; and a visit called off."""

import re

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import WEEKDAYS
from icv.services import rota as desk
from icv.services.rota import PLACES, Candidate, Cell
from icv.services.rota.changing import Step
from icv.services.rota.emptiness import emptiness_of
from icv.store.planning import suites
from icv.store.rota import Rota, RotaState
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.rota.blueprint import bp, rota_or_404
from icv.web.rota.forms import CancelForm, OverrideForm

TOLD = " Whoever it concerns is told by e-mail."
PLACE = "/<int:rota_id>/visits/<int:visit_id>/places/<int:place>"


@bp.before_request
def _there_are_two_places() -> None:
    if (request.view_args or {}).get("place", 1) not in PLACES:
        abort(404)


@bp.get(PLACE)
@needs(Action.CHANGE_ROTA)
def place(rota_id: int, visit_id: int, place: int) -> ResponseReturnValue:
    rota = rota_or_404(rota_id)
    cell = _cell_or_404(rota, visit_id)
    board = desk.board_of(db.session(), rota, choices())
    candidates = board.candidates(visit_id, place) if cell.can_change else []
    seat, partner = cell.seats[place - 1], cell.seats[2 - place]
    return page(
        "rota/place.html",
        rota=rota,
        is_draft=rota.state is RotaState.DRAFT,
        cell=cell,
        suite=board.asked.suites[cell.suite_id],
        seat=seat,
        partner=partner,
        against=next((one.reasons for one in candidates if one.person_id == seat.person_id), ()),
        may_go=[one for one in candidates if not one.reasons and one.person_id != seat.person_id],
        others=[one for one in candidates if one.reasons and not _is_on(cell, one)],
        empty=emptiness_of(board, visit_id, today=today()) if cell.can_change else None,
        days=WEEKDAYS,
        marking=choices().records_marking,
    )


def _is_on(cell: Cell, candidate: Candidate) -> bool:
    return any(seat.person_id == candidate.person_id for seat in cell.seats)


@bp.post(PLACE)
@needs(Action.CHANGE_ROTA)
def put(rota_id: int, visit_id: int, place: int) -> ResponseReturnValue:
    return _put(rota_or_404(rota_id), visit_id, place, request.form.get("person", type=int), reason="")


@bp.route(f"{PLACE}/all-the-same/<int:person_id>", methods=["GET", "POST"])
@needs(Action.CHANGE_ROTA)
def override(rota_id: int, visit_id: int, place: int, person_id: int) -> ResponseReturnValue:
    rota, form = rota_or_404(rota_id), OverrideForm()
    if form.validate_on_submit():
        return _put(rota, visit_id, place, person_id, reason=form.reason.data)
    cell = _cell_or_404(rota, visit_id)
    board = desk.board_of(db.session(), rota, choices())
    candidate = _candidate_or_404(board, cell, place, person_id)
    return page(
        "rota/override.html",
        form=form,
        rota=rota,
        cell=cell,
        place=place,
        suite=board.asked.suites[cell.suite_id],
        candidate=candidate,
        marking=choices().records_marking,
    )


def _put(rota: Rota, visit_id: int, place: int, person_id: int | None, *, reason: str) -> ResponseReturnValue:
    """On to the rota when it is done; back to the place, with what stands against it, when it is not."""
    rota_id, is_draft = rota.id, rota.state is RotaState.DRAFT
    by = current_user.actor.account_id
    with told_above():
        acting = {"by": by, "at": now(), "link": full_address("duties.index")}
        desk.put(db.session(), rota, visit_id, place, person_id, choices=choices(), reason=reason, **acting)
        db.session.commit()
        told = "" if is_draft else TOLD
        flash(("The place is left empty." if person_id is None else "The place is filled.") + told)
        return redirect(url_for("rota.show", rota_id=rota_id, _anchor=f"visit-{visit_id}"))
    return redirect(url_for("rota.place", rota_id=rota_id, visit_id=visit_id, place=place))


@bp.post("/<int:rota_id>/visits/<int:visit_id>/swap")
@needs(Action.CHANGE_ROTA)
def swap(rota_id: int, visit_id: int) -> ResponseReturnValue:
    """Makes the changes that the page of an empty place proposed, all of them or none."""
    rota, steps = rota_or_404(rota_id), _steps_or_404(request.form.get("steps", ""))
    is_draft, by = rota.state is RotaState.DRAFT, current_user.actor.account_id
    with told_above():
        acting = {"by": by, "at": now(), "link": full_address("duties.index")}
        desk.put_all(db.session(), rota, steps, choices=choices(), **acting)
        db.session.commit()
        flash("Done: the visit has its pair." + ("" if is_draft else TOLD))
        return redirect(url_for("rota.show", rota_id=rota_id, _anchor=f"visit-{visit_id}"))
    return redirect(url_for("rota.show", rota_id=rota_id, _anchor=f"visit-{visit_id}"))


def _steps_or_404(sent: str) -> list[Step]:
    """Visit, place and person (0: nobody) of each: 12-1-7 13-2-0."""
    found = [re.fullmatch(r"(\d{1,9})-([12])-(\d{1,9})", key) for key in sent.split()]
    steps = [Step(int(one[1]), int(one[2]), int(one[3]) or None) if one else abort(404) for one in found]
    return steps or abort(404)


@bp.post(f"{PLACE}/lock")
@needs(Action.CHANGE_ROTA)
def lock(rota_id: int, visit_id: int, place: int) -> ResponseReturnValue:
    rota, is_locked = rota_or_404(rota_id), request.form.get("locked") == "yes"
    with told_above():
        by = current_user.actor.account_id
        desk.lock(db.session(), rota, visit_id, place, is_locked, by=by, at=now())
        db.session.commit()
        flash(
            "Locked: drawing again leaves it so." if is_locked else "Unlocked: drawing again may change it."
        )
    return redirect(url_for("rota.place", rota_id=rota_id, visit_id=visit_id, place=place))


@bp.route("/<int:rota_id>/visits/<int:visit_id>/cancel", methods=["GET", "POST"])
@needs(Action.CHANGE_ROTA)
def cancel(rota_id: int, visit_id: int) -> ResponseReturnValue:
    rota = rota_or_404(rota_id)
    cell, form = _cell_or_404(rota, visit_id), CancelForm(cancelled_on=today())
    if rota.state is RotaState.DRAFT:
        abort(404)
    if form.validate_on_submit() and _is_cancelled(rota, visit_id, form):
        return redirect(url_for("rota.show", rota_id=rota_id, _anchor=f"visit-{visit_id}"))
    return page("rota/cancel.html", form=form, rota=rota, cell=cell, suite=_suite(cell), today=today())


def _is_cancelled(rota: Rota, visit_id: int, form: CancelForm) -> bool:
    with told_in(form):
        by, link = current_user.actor.account_id, full_address("duties.index")
        on, reason = form.cancelled_on.data, form.reason.data
        desk.cancel(db.session(), rota, visit_id, on, reason, by=by, at=now(), link=link)
        db.session.commit()
        flash("The visit is cancelled. Whoever was to make it is told by e-mail.")
        return True
    return False


def _cell_or_404(rota: Rota, visit_id: int) -> Cell:
    return desk.cell_of(db.session(), rota, visit_id, today=today()) or abort(404)


def _candidate_or_404(board: desk.Board, cell: Cell, place: int, person_id: int) -> Candidate:
    found = board.candidates(cell.visit_id, place) if cell.can_change else []
    return next((one for one in found if one.person_id == person_id), None) or abort(404)


def _suite(cell: Cell) -> str:
    return next(line.name for line in suites(db.session()) if line.id == cell.suite_id)
