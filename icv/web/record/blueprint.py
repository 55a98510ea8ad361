"""The blueprint of the own record."""

from flask import Blueprint, abort
from flask_login import current_user

bp = Blueprint("record", __name__, url_prefix="/record")


def own_id() -> int:
    return current_user.actor.person_id or abort(404)
