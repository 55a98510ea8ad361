"""Findings of one's own visits: what was asked, what the police answered, what was done."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.findings import EventKind
from icv.store.findings import (
    how_many_raised_by,
    news_of_visit_seen_by,
    raised_finding_seen_by,
    raised_seen_by,
)
from icv.store.reports import report_seen_by
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import pages_of
from icv.web.pages import choices, page

bp = Blueprint("raised", __name__, url_prefix="/raised")

SIZE = 30
TITLES = {
    EventKind.PUT_TO_POLICE: "Put to the police",
    EventKind.REPLIED: "The police replied",
    EventKind.SENT_BACK: "Sent back: more was asked",
    EventKind.CLOSED: "Closed by the office",
    EventKind.REOPENED: "Taken up again",
    EventKind.VISITORS_TOLD: "The office told you",
}


@bp.get("/")
@needs(Action.SEE_RAISED)
def index() -> ResponseReturnValue:
    in_all = how_many_raised_by(db.session(), current_user.actor)
    number, last = pages_of(in_all, SIZE)
    return page(
        "raised/index.html",
        findings=raised_seen_by(db.session(), current_user.actor, page=number, size=SIZE),
        in_all=in_all,
        number=number,
        last=last,
        today=today(),
        marking=choices().records_marking,
    )


@bp.get("/<int:finding_id>")
@needs(Action.SEE_RAISED)
def show(finding_id: int) -> ResponseReturnValue:
    finding = raised_finding_seen_by(db.session(), current_user.actor, finding_id) or abort(404)
    return page(
        "raised/show.html", finding=finding, titles=TITLES, today=today(), marking=choices().records_marking
    )


@bp.get("/visit/<int:visit_id>")
@needs(Action.SEE_RAISED)
def of_visit(visit_id: int) -> ResponseReturnValue:
    """Of one visit, all on one page."""
    report = report_seen_by(db.session(), current_user.actor, visit_id) or abort(404)
    return page(
        "raised/visit.html",
        report=report,
        findings=news_of_visit_seen_by(db.session(), current_user.actor, visit_id),
        titles=TITLES,
        today=today(),
        marking=choices().records_marking,
    )
