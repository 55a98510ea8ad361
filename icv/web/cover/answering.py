"""One request, for whoever asked and for those who were asked. Looking at it answers nothing: buttons do."""

from datetime import date

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.cover import CoverKind, CoverState, open_until
from icv.services import cover as desk
from icv.services.cover.answering import SETTLED
from icv.store.cover import DutyInHand, SeenRequest, duty_in_hand, people_asked
from icv.web.clock import now, today
from icv.web.cover.blueprint import bp, seen_or_404
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import page_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above


@bp.get("/<int:cover_id>")
@needs(Action.ASK_COVER)
def show(cover_id: int) -> ResponseReturnValue:
    seen = seen_or_404(cover_id)
    other = duty_in_hand(db.session(), seen.offered_duty_id) if seen.offered_duty_id else None
    return page(
        "cover/own.html" if seen.is_own else "cover/asked.html",
        seen=seen,
        request_=seen.request,
        duty=seen.request.duty,
        other=other,
        people=people_asked(db.session(), cover_id) if seen.is_own else [],
        last_on=open_until(_first_week_on(seen.request.duty, other), choices()),
        stands=_stands(seen, other),
        settled=SETTLED.get(seen.request.state, SETTLED[CoverState.ENDED]),
        own_id=current_user.actor.person_id,
        marking=choices().records_marking,
    )


def _first_week_on(duty: DutyInHand, other: DutyInHand | None) -> date:
    return min(duty.week_starts_on, other.week_starts_on if other else duty.week_starts_on)


def _stands(seen: SeenRequest, other: DutyInHand | None) -> bool:
    """Whether it may still be taken today."""
    is_in_time = today() <= open_until(_first_week_on(seen.request.duty, other), choices())
    return seen.request.stands and is_in_time and (other is None or other.is_to_come)


@bp.post("/<int:cover_id>/take")
@needs(Action.ASK_COVER)
def take(cover_id: int) -> ResponseReturnValue:
    own_id, acting = current_user.actor.person_id or abort(404), {"by": current_user.actor, "at": now()}
    with told_above():
        taken = desk.take(
            db.session(), cover_id, own_id, choices=choices(), page=page_address, **acting
        ) or abort(404)
        db.session.commit()
        is_cover = taken.kind is CoverKind.COVER
        flash("The visit is yours. Agree a day and time." if is_cover else "Swapped: both visits changed.")
        return redirect(url_for("duties.index"))
    return redirect(url_for("cover.show", cover_id=cover_id))


@bp.post("/<int:cover_id>/no")
@needs(Action.ASK_COVER)
def refuse(cover_id: int) -> ResponseReturnValue:
    own_id, by = current_user.actor.person_id or abort(404), current_user.actor
    with told_above():
        desk.refuse(db.session(), cover_id, own_id, by=by, at=now(), page=page_address) or abort(404)
        db.session.commit()
        flash("Thank you for answering. Nothing changes for you.")
        return redirect(url_for("duties.index"))
    return redirect(url_for("cover.show", cover_id=cover_id))
