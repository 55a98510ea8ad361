"""The figures of a period as the panel reads them, and each of their tables as a file."""

from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from icv.papers.sheets import csv_bytes
from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.exhibits import exhibits
from icv.rules.exhibits.flat import flat_words
from icv.rules.figures import definitions, percent_in_words
from icv.rules.paper.naming import figure_name
from icv.rules.suppression import suppress
from icv.rules.words import summary
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.panel.asked import asked, is_coordinator, latest_cycle_on_record, read_figures
from icv.web.panel.laying import has_anything, laid
from icv.web.panel.leading import as_arguments, offered, periods_offered
from icv.web.panel.standing import standing

MARK = b"\xef\xbb\xbf"
"""Without it the most used spreadsheet reads – and é as something else."""

bp = Blueprint("panel", __name__, url_prefix="/panel")


@bp.get("/")
@needs(Action.SEE_FIGURES)
def show() -> ResponseReturnValue:
    asked_for = asked()
    return page(
        "panel/show.html",
        status=422 if asked_for.fault else 200,
        fault=asked_for.fault,
        is_coordinator=is_coordinator(),
        period=asked_for.period,
        offered=offered(asked_for.period),
        **_shown(asked_for.period),
    )


def _shown(period: Period) -> dict[str, Any]:
    found = read_figures(period)
    visits, made = found.now.visits, exhibits(found).values()
    return {
        "found": found,
        "threshold": found.choices.suppression_threshold,
        "categories": suppress(found.now.findings.by_category, found.choices.suppression_threshold).cells,
        "visits": visits,
        "share": percent_in_words(visits.completed, visits.scheduled),
        "standing": standing(found.now, found.on_record, latest_cycle_on_record(), found.as_of),
        "paragraphs": summary(found.now),
        "laid": [laid(one, request.args.get("show")) for one in made if has_anything(one)],
        "empty": [one.title for one in made if not has_anything(one)],
        "said": {key: (figure_name(key), words) for key, words in definitions(found.choices).items()},
        "periods": periods_offered(period, found.on_record.visits),
    }


@bp.get("/tables/<key>.csv")
@needs(Action.SEE_FIGURES)
def table_file(key: str) -> ResponseReturnValue:
    asked_for = asked()
    made = exhibits(read_figures(asked_for.period)) if not asked_for.fault else {}
    table = next((table for one in made.values() for table in one.tables if table.key == key), None) or abort(
        404
    )
    head, *rows = flat_words(table)
    days = "-".join(as_arguments(asked_for.period).values())
    return Response(
        MARK + csv_bytes(head, rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{key}-{days}.csv"'},
    )
