"""The quarterly return, as a page, as a spreadsheet and as text to copy. Nothing of it is kept."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from icv.papers.csv_writing import csv_for_spreadsheets
from icv.rules.access import Action
from icv.rules.exchange.cells import protected
from icv.rules.guarding import Clue, clues
from icv.rules.quarters import Quarter, last_ended, latest, quarter_asked
from icv.rules.scheme import Choices
from icv.store.figures import Positive, Quarterly, quarterly
from icv.store.people import names_on_record
from icv.store.scheme import choices_on
from icv.web.clock import today
from icv.web.db import db
from icv.web.files import CSV, as_file
from icv.web.gate import needs
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.quarterly.rows import rows_of

bp = Blueprint("quarterly", __name__, url_prefix="/findings/return")

QUARTERS_OFFERED = 13
COLUMNS = ("Heading", "What", "Suite", "Answer")


@dataclass(frozen=True, slots=True)
class Offered:
    """Something good, and what in its words may give somebody away; such are not ticked at first."""

    positive: Positive
    clues: tuple[Clue, ...]
    is_ticked: bool


@bp.get("/")
@needs(Action.SEE_FINDINGS)
def show() -> ResponseReturnValue:
    quarter = _quarter()
    then = _choices_at(quarter)
    filled = quarterly(db.session(), quarter.period, then)
    offered = _offered(filled)
    chosen = [one.positive for one in offered if one.is_ticked]
    return page(
        "quarterly/show.html",
        quarter=quarter,
        quarters=sorted({*latest(today(), QUARTERS_OFFERED), quarter}, reverse=True),
        is_running=quarter.last >= today(),
        filled=filled,
        offered=offered,
        chosen=chosen,
        rows=rows_of(filled, chosen, then),
        choices=then,
        marking=choices().records_marking,
    )


@bp.get("/return.csv")
@needs(Action.SEE_FINDINGS)
def download() -> Response:
    quarter = _quarter()
    then = _choices_at(quarter)
    filled = quarterly(db.session(), quarter.period, then)
    chosen = [one.positive for one in _offered(filled) if one.is_ticked]
    rows = [[protected(cell) for cell in row] for row in rows_of(filled, chosen, then)]
    return as_file(csv_for_spreadsheets(COLUMNS, rows), f"quarterly-return-{quarter.key}.csv", CSV)


def _quarter() -> Quarter:
    """The one asked for by its first month, by default the last that ended."""
    asked = request.args.get("quarter")
    return (quarter_asked(asked) or abort(404)) if asked else last_ended(today())


def _choices_at(quarter: Quarter) -> Choices:
    """Those in force at its end: a later change does not rewrite it."""
    return choices_on(db.session(), min(quarter.last, today()))


def _offered(filled: Quarterly) -> list[Offered]:
    found, people = [], [name for _, name in names_on_record(db.session())]
    for positive in filled.positives:
        found_in = tuple(clues(positive.words, today().year, people=people))
        is_ticked = positive.report_id in ticked("good") if request.args.get("chosen") else not found_in
        found.append(Offered(positive, found_in, is_ticked))
    return found
