"""The coordinator's page of letters: what waits, what went, and what could not be delivered."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import letters as desk
from icv.store.letters import latest_letters
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters
from icv.web.pages import choices, page

bp = Blueprint("letters", __name__, url_prefix="/letters")


@bp.get("/")
@needs(Action.SEE_LETTERS)
def index() -> ResponseReturnValue:
    return page(
        "letters/index.html",
        letters=latest_letters(db.session()),
        can_send=can_send_letters(),
        marking=choices().records_marking,
    )


@bp.post("/<int:letter_id>/again")
@needs(Action.SEE_LETTERS)
def send_again(letter_id: int) -> ResponseReturnValue:
    if not desk.send_again(db.session(), letter_id, by=current_user.actor, at=now()):
        abort(404)
    db.session.commit()
    flash("The letter will go out again within a minute.")
    return redirect(url_for("letters.index"))
