"""The public page of findings and replies. Nothing on it, nor in its address, leads to the inside."""

from itertools import groupby

from flask import Blueprint, Response, abort, request

from icv.rules.quarters import Quarter, quarter_asked, quarter_of
from icv.store.findings import public_days, public_findings, public_suites
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page
from icv.web.signins import asking

bp = Blueprint("published", __name__, url_prefix="/findings-and-replies")

KEPT_SECONDS = 300
"""So long others may keep the page: what is withdrawn is soon gone from their copies too."""


@bp.get("/")
@open_to_all
def index() -> Response:
    if not choices().publishes_findings:
        abort(404)
    quarters = sorted({quarter_of(day) for day in public_days(db.session())}, reverse=True)
    suites = public_suites(db.session())
    quarter, suite = _asked(quarters), request.args.get("suite") or None
    found = public_findings(db.session(), quarter.period, suite) if quarter else []
    answer = page(
        "published/index.html",
        quarter=quarter,
        quarters=quarters,
        suite=suite if suite in suites else None,
        suites=suites,
        number=len(found),
        by_suite=[(name, list(of)) for name, of in groupby(found, key=lambda one: one.suite)],
        choices=choices(),
    )
    if asking() is None:
        answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _asked(quarters: list[Quarter]) -> Quarter | None:
    """The one asked for, by default the latest of which anything is published; None where nothing is."""
    asked = request.args.get("quarter")
    if asked:
        return quarter_asked(asked) or abort(404)
    return quarters[0] if quarters else None
