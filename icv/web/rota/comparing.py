"""A rota drawn again: the new draft beside the earlier one, and one button that keeps either."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services.rota.comparing import comparison_of
from icv.services.rota.keeping import Carried, keep_one
from icv.store.rota import Rota, RotaState, side_by_side
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_above
from icv.web.rota.blueprint import bp, rota_or_404


@bp.get("/<int:rota_id>/beside/<int:other_id>")
@needs(Action.DRAW_ROTA)
def beside(rota_id: int, other_id: int) -> ResponseReturnValue:
    earlier, later = _two_or_404(rota_id, other_id)
    return page(
        "rota/beside.html",
        earlier=earlier,
        later=later,
        found=comparison_of(db.session(), earlier, later, choices()),
        marking=choices().records_marking,
    )


@bp.post("/<int:rota_id>/beside/<int:other_id>")
@needs(Action.DRAW_ROTA)
def keep(rota_id: int, other_id: int) -> ResponseReturnValue:
    """Sent twice, the second finds the choice made. Published meanwhile, it is said why nothing is chosen."""
    earlier, later = rota_or_404(min(rota_id, other_id)), rota_or_404(max(rota_id, other_id))
    if RotaState.PUBLISHED not in (earlier.state, later.state):
        earlier, later = _two_or_404(rota_id, other_id)
    kept_id = request.form.get("keep", type=int)
    if kept_id not in (earlier.id, later.id):
        return redirect(url_for("rota.beside", rota_id=rota_id, other_id=other_id))
    kept, other = (later, earlier) if kept_id == later.id else (earlier, later)
    with told_above():
        carried = keep_one(db.session(), kept, other, choices(), by=current_user.actor.account_id, at=now())
        db.session.commit()
        _tell(carried)
    return redirect(url_for("rota.show", rota_id=kept_id))


def _two_or_404(rota_id: int, other_id: int) -> tuple[Rota, Rota]:
    """The earlier first. Only drafts of the same weeks and suites stand side by side."""
    earlier, later = sorted((rota_id, other_id))
    drafts = rota_or_404(earlier), rota_or_404(later)
    if any(one.state is not RotaState.DRAFT for one in drafts):
        abort(404)
    if (earlier, later) not in side_by_side(db.session()):
        abort(404)
    return drafts


def _tell(carried: Carried) -> None:
    also = ""
    if carried.places:
        also = f" Places locked in the other were taken over on {carried.places} of its visits."
    flash(f"This draft is kept, the other is put away. Nobody was told of either.{also}")
    if carried.lost:
        named = "; ".join(carried.lost)
        flash(f"Locked in the other, with no room here: {named}. See to these yourself.", "warning")
