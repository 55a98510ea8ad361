"""The blueprint of vetting, and whom its pages act for."""

from flask import Blueprint, abort

from icv.store.vetting import Vetted, people_vetted
from icv.web.clock import today
from icv.web.db import db
from icv.web.lists import ticked

bp = Blueprint("vetting", __name__, url_prefix="/people")


def chosen_or_404() -> list[Vetted]:
    """Those ticked on the board who are on it, by name."""
    return people_vetted(db.session(), today(), person_ids=ticked("person")) or abort(404)
