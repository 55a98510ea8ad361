"""The blueprint of the quality binder, the period it shows, and where its evidence comes from."""

from typing import Any

from flask import Blueprint, abort, request, url_for

from icv.rules.days import ONE_DAY, Period, add_months
from icv.rules.figures.periods import read_period
from icv.rules.quality import Evidence
from icv.store.quality import CriterionLine, criterion
from icv.web.clock import today
from icv.web.db import db
from icv.web.panel.leading import as_arguments

bp = Blueprint("binder", __name__, url_prefix="/panel/quality")

_SOURCES = {
    Evidence.VISITS_AGAINST_PLAN: ("Visits in the panel’s figures", "panel.show", "completion"),
    Evidence.SPREAD: ("Timeslots in the panel’s figures", "panel.show", "spread"),
    Evidence.TRAINING: ("Courses due", "training.due", None),
    Evidence.REVIEWS: ("People", "people.index", None),
    Evidence.FINDINGS_ANSWERED: ("Replies in the panel’s figures", "panel.show", "replies"),
    Evidence.PAPERS_PUBLISHED: ("Panel papers", "papers.index", None),
}


def last_twelve_months() -> Period:
    """Twelve whole months, up to the end of the last."""
    this_month = today().replace(day=1)
    return Period(add_months(this_month, -12), this_month - ONE_DAY)


def period_asked() -> Period:
    """Raises ValueError with a sentence."""
    first, last = request.args.get("from"), request.args.get("to")
    if not first and not last:
        return last_twelve_months()
    return read_period(first, last, any_days=True, today=today())


def sources(period: Period) -> dict[Evidence, tuple[str, str]]:
    """Where the numbers of each evidence stand: words of a link, and its address."""
    return {
        evidence: (words, url_for(endpoint, _anchor=exhibit, **_given(endpoint, period)))
        for evidence, (words, endpoint, exhibit) in _SOURCES.items()
    }


def _given(endpoint: str, period: Period) -> dict[str, Any]:
    return as_arguments(period) if endpoint == "panel.show" else {}


def criterion_or_404(criterion_id: int) -> CriterionLine:
    return criterion(db.session(), criterion_id) or abort(404)
