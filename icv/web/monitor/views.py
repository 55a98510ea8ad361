"""How predictable the visits of each suite are, from those of the last twelve months."""

from datetime import datetime

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from icv.papers.pictures import coverage_grid
from icv.rules.access import Action
from icv.rules.days import ONE_DAY, WEEKDAYS, Period, add_months
from icv.rules.predictability import predictability
from icv.store.planning import arrivals
from icv.store.suites import suite_names
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page

bp = Blueprint("monitor", __name__, url_prefix="/rota")


@bp.get("/unpredictability")
@needs(Action.SEE_MONITOR)
def show() -> ResponseReturnValue:
    suites = suite_names(db.session())
    of_each: dict[int, list[datetime]] = {number: [] for number, _ in suites}
    for number, arrived_at in arrivals(db.session(), _year()):
        of_each[number].append(arrived_at)
    grid = choices().grid
    lines = [(number, name, predictability(grid, of_each[number])) for number, name in suites]
    lines.sort(key=lambda line: (not line[2].patterns, line[2].coverage.covered))
    return page("monitor/show.html", lines=lines, year=_year(), today=today())


@bp.get("/unpredictability/<int:suite_id>")
@needs(Action.SEE_MONITOR)
def suite(suite_id: int) -> ResponseReturnValue:
    name = dict(suite_names(db.session())).get(suite_id) or abort(404)
    grid = choices().grid
    found = predictability(grid, [at for _, at in arrivals(db.session(), _year(), suite_id)])
    return page(
        "monitor/suite.html",
        name=name,
        found=found,
        picture=coverage_grid(found.coverage.rows, WEEKDAYS, grid.band_names),
        rows=list(zip(WEEKDAYS, found.coverage.rows, strict=True)),
        year=_year(),
        today=today(),
    )


def _year() -> Period:
    """The twelve months to yesterday: a visit of today may still be on its way."""
    return Period(add_months(today(), -12), today() - ONE_DAY)
