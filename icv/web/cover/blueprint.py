"""The blueprint of cover and swaps, and what its pages are about: own duties, and requests one may see."""

from flask import Blueprint, abort
from flask_login import current_user

from icv.store.cover import DutyInHand, SeenRequest, duty_in_hand, request_seen_by
from icv.web.db import db

bp = Blueprint("cover", __name__, url_prefix="/cover")


def own_duty_or_404(duty_id: int) -> DutyInHand:
    own_id = current_user.actor.person_id or abort(404)
    return duty_in_hand(db.session(), duty_id, of=own_id) or abort(404)


def seen_or_404(cover_id: int) -> SeenRequest:
    return request_seen_by(db.session(), current_user.actor, cover_id) or abort(404)
