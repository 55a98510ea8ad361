"""Every team over a period: opening, joined, left and closing, and the names behind the numbers."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.figures import Membership
from icv.rules.figures.periods import financial_year, read_period, usual_periods
from icv.store.membership import teams_over
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page

bp = Blueprint("membership", __name__, url_prefix="/people/teams")


@bp.get("")
@needs(Action.SEE_PEOPLE)
def show() -> ResponseReturnValue:
    fault, period = None, financial_year(today())
    if "from" in request.args or "to" in request.args:
        try:
            period = read_period(
                request.args.get("from"), request.args.get("to"), any_days=True, today=today()
            )
        except ValueError as refusal:
            fault = str(refusal)
    teams = teams_over(db.session(), period)
    return page(
        "membership/show.html",
        status=422 if fault else 200,
        fault=fault,
        period=period,
        usual=usual_periods(period, today()),
        teams=teams,
        whole=sum((team.flow for team in teams), Membership()),
        marking=choices().records_marking,
    )
