"""The blueprint of people, and whom its views may show."""

from flask import Blueprint, abort
from flask_login import current_user

from icv.store.people import PersonRecord, person_seen_by
from icv.web.db import db

bp = Blueprint("people", __name__, url_prefix="/people")


def seen(person_id: int) -> PersonRecord:
    """The person as whoever asks may see them, or 404."""
    return person_seen_by(db.session(), current_user.actor, person_id) or abort(404)
