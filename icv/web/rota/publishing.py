"""Publishing a draft: what it brings and whom it tells is shown first, and only the button does it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import rota as desk
from icv.store.rota import Rota, RotaState, side_by_side
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters, full_address
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.rota.blueprint import bp, rota_or_404
from icv.web.rota.forms import PublishForm


@bp.route("/<int:rota_id>/publish", methods=["GET", "POST"])
@needs(Action.PUBLISH_ROTA)
def publish(rota_id: int) -> ResponseReturnValue:
    rota, form = rota_or_404(rota_id), PublishForm()
    if rota.state is not RotaState.DRAFT:
        flash("This rota was published already: nothing was published twice.", "warning")
        return redirect(url_for("rota.show", rota_id=rota_id))
    review = _review(rota)
    if form.validate_on_submit() and _is_published(rota, review, form):
        return redirect(url_for("rota.show", rota_id=rota_id))
    form.seal.data = review.seal
    return page(
        "rota/review.html",
        form=form,
        rota=rota,
        review=review,
        beside=[pair for pair in side_by_side(db.session()) if rota_id in pair],
        has_post=can_send_letters(),
        marking=choices().records_marking,
    )


def _review(rota: Rota) -> desk.Review:
    """What is sent is about a draft that nobody changes meanwhile."""
    if request.method == "POST":
        return desk.held_review(db.session(), rota, choices(), at=now())
    return desk.review_of(db.session(), rota, choices(), today=today())


def _is_published(rota: Rota, review: desk.Review, form: PublishForm) -> bool:
    with told_in(form):
        told = desk.publish(
            db.session(),
            rota,
            reason=form.reason.data or "",
            seal=form.seal.data,
            review=review,
            choices=choices(),
            by=current_user.actor.account_id,
            at=now(),
            link=full_address("duties.index"),
        )
        db.session.commit()
        flash(f"Published. {_told(told)}")
        return True
    return False


def _told(people: int) -> str:
    who = plural(people, "person", "people")
    if can_send_letters():
        return f"{who} will be told within five minutes."
    return f"{who} can answer under My duties. No mail server is set up, so tell them yourself."
