"""Teams: their names, and how many people and suites each has."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import suites as desk
from icv.store.settings import TeamLine, last_changes, teams_listed
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.refusals import told_in
from icv.web.settings.blueprint import bp
from icv.web.settings.forms import RenameForm, TeamForm


@bp.route("/teams/", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def teams() -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.add_team(db.session(), form.name.data, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"The team {form.name.data} is on record. Give it people and suites on their own pages.")
            return redirect(url_for("settings.teams"))
    changed = last_changes(db.session(), "team")
    return page("settings/teams.html", form=form, teams=teams_listed(db.session()), changed=changed)


@bp.route("/teams/<int:team_id>", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def team(team_id: int) -> ResponseReturnValue:
    line = _team(team_id)
    form = RenameForm(name=line.name, seen=line.name)
    if form.validate_on_submit():
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            desk.rename_team(db.session(), team_id, form.name.data, seen=seen, by=by, at=now())
            db.session.commit()
            flash(f"The team is now called {form.name.data}.")
            return redirect(url_for("settings.teams"))
    stands = _team(team_id) if form.seen.errors else None
    if stands:
        form.seen.data = stands.name
    return page("settings/team.html", form=form, stands=stands)


def _team(team_id: int) -> TeamLine:
    return next((one for one in teams_listed(db.session()) if one.id == team_id), None) or abort(404)
