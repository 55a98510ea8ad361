"""The blueprint of references, and whose a coordinator may read."""

from flask import Blueprint, abort
from flask_login import current_user

from icv.store.people import PersonRecord, may_read_references
from icv.web.people.blueprint import seen

bp = Blueprint("references", __name__, url_prefix="/people")


def spoken_of(person_id: int) -> PersonRecord:
    """Not oneself: nobody reads or keeps what is said of them."""
    if not may_read_references(current_user.actor, person_id):
        abort(404)
    return seen(person_id)
