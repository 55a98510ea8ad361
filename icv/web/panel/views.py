"""The figures of a period as the panel reads them, and each of their tables as a file."""

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from icv.papers.csv_writing import csv_for_spreadsheets
from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.exhibits import has_anything
from icv.rules.exhibits.flat import flat_words
from icv.rules.figures import percent_in_words
from icv.rules.paper.composing import OF_THE_SUMMARY
from icv.rules.paper.head import usual_kind
from icv.rules.paper.naming import named_definitions
from icv.rules.words import summary
from icv.web.files import CSV, as_file
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.panel.asked import asked, is_coordinator, latest_cycle_on_record, read_figures
from icv.web.panel.laying import laid
from icv.web.panel.leading import as_arguments, offered, periods_offered
from icv.web.panel.made import chosen_week, made_of, table_of, weeks_to_choose
from icv.web.panel.standing import standing

bp = Blueprint("panel", __name__, url_prefix="/panel")


@bp.get("/")
@needs(Action.SEE_FIGURES)
def show() -> ResponseReturnValue:
    asked_for = asked()
    return page(
        "panel/show.html",
        status=422 if asked_for.fault else 200,
        asked=asked_for,
        any_days=is_coordinator(),
        period=asked_for.period,
        offered=offered(asked_for.period),
        usual_kind=usual_kind(asked_for.period),
        **_shown(asked_for.period),
    )


def _shown(period: Period) -> dict[str, Any]:
    found = read_figures(period)
    suites, made = weeks_to_choose(found), made_of(found, request.args.get("suite")).values()
    return {
        "now": found.now,
        "hidden_from_panel": choices().suppression_threshold if is_coordinator() else 0,
        "share": percent_in_words(found.now.visits.completed, found.now.visits.scheduled),
        "standing": standing(found.now, found.on_record, latest_cycle_on_record(), found.as_of),
        "paragraphs": summary(found.now, found.as_of),
        "of_summary": OF_THE_SUMMARY,
        "laid": [laid(one) for one in made if has_anything(one)],
        "empty": [one for one in made if not has_anything(one)],
        "said": named_definitions(found.choices),
        "suites": suites,
        "suite": chosen_week(suites, request.args.get("suite")),
        "periods": periods_offered(period, found.on_record.visits),
    }


@bp.get("/tables/<key>.csv")
@needs(Action.SEE_FIGURES)
def table_file(key: str) -> ResponseReturnValue:
    asked_for = asked()
    table = None if asked_for.fault else table_of(read_figures(asked_for.period), key)
    head, *rows = flat_words(table or abort(404))
    days = "-".join(as_arguments(asked_for.period).values())
    return as_file(csv_for_spreadsheets(head, rows), f"{key}-{days}.csv", CSV)
