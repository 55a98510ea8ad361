"""The front door: home by role, health, and the pages everyone may read."""

from flask import Blueprint, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action, Role
from icv.store.engine import can_serve
from icv.web.db import db
from icv.web.gate import needs, open_to_all
from icv.web.pages import page

bp = Blueprint("home", __name__)

HOMES = {
    Role.COORDINATOR: "today.show",
    Role.VOLUNTEER: "duties.index",
    Role.POLICE: "police.index",
    Role.PANEL: "panel.show",
}


@bp.get("/")
@needs(Action.SEE_OWN_HOME)
def index() -> ResponseReturnValue:
    role = next(role for role in HOMES if role in current_user.actor.roles)
    return redirect(url_for(HOMES[role]))


@bp.get("/healthz")
@open_to_all
def health() -> ResponseReturnValue:
    serves = can_serve(db.engine)
    return jsonify(status="ok" if serves else "unavailable"), 200 if serves else 503


@bp.get("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    return page("home/privacy.html")


@bp.get("/accessibility")
@open_to_all
def accessibility() -> ResponseReturnValue:
    return page("home/accessibility.html")
