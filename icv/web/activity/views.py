"""The list of visitors with the visits of their last twelve months."""

from collections import Counter

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.activity import Met, year_to
from icv.store.activity import activity_listed
from icv.store.people import NO_TEAM
from icv.store.scheme import teams
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page

bp = Blueprint("activity", __name__, url_prefix="/people/activity")


@bp.get("")
@needs(Action.SEE_PEOPLE)
def show() -> ResponseReturnValue:
    of_scheme = teams(db.session())
    team_id = request.args.get("team", type=int)
    if team_id not in {NO_TEAM, *(team.id for team in of_scheme)}:
        team_id = None
    listed = activity_listed(db.session(), today(), choices())
    lines = [line for line in listed if team_id is None or (line.team_id or NO_TEAM) == team_id]
    return page(
        "activity/show.html",
        lines=lines,
        by_met=Counter(line.activity.met for line in lines),
        met=list(Met),
        year=year_to(today()),
        teams=of_scheme,
        team_id=team_id,
        choices=choices(),
        marking=choices().records_marking,
    )
