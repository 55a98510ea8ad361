"""The public page of statistics. Whole years that are over, nothing small, and no way inside."""

from flask import Blueprint, Response, abort

from icv.papers.csv_writing import csv_for_spreadsheets
from icv.rules.days import Period
from icv.rules.exhibits.made import exhibits
from icv.rules.figures import percent_in_words
from icv.rules.figures.periods import name_of
from icv.rules.figures_file import as_text, exhibits_of, figures_file, year_asked, year_key
from icv.rules.figures_file.rows import HEADINGS, rows_of
from icv.rules.words import summary
from icv.store.figures import figures_file_of, figures_to_publish, published_years
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page
from icv.web.panel.laying import laid
from icv.web.signins import asking

KEPT_SECONDS = 300
"""So long others may keep what is shown: what is recorded anew is soon in their copies too."""

bp = Blueprint("statistics", __name__, url_prefix="/statistics")


@bp.get("/")
@open_to_all
def show() -> Response:
    years = _years()
    return _kept(_year_page(years[0], years)) if years else _kept(page("statistics/none.html"))


@bp.get("/<year>")
@open_to_all
def of_year(year: str) -> Response:
    years = _years()
    return _kept(_year_page(_asked(year, years), years))


@bp.get("/<year>.json")
@open_to_all
def file(year: str) -> Response:
    made = figures_file_of(db.session(), _asked(year, _years()), as_of=today())
    return _kept(Response(as_text(made), mimetype="application/json"))


@bp.get("/<year>.csv")
@open_to_all
def tables(year: str) -> Response:
    made = figures_file_of(db.session(), _asked(year, _years()), as_of=today())
    return _kept(Response(csv_for_spreadsheets(HEADINGS, rows_of(made)), mimetype="text/csv"))


@bp.get("/accessibility")
@open_to_all
def accessibility() -> Response:
    if not (choices().publishes_statistics or choices().publishes_findings):
        abort(404)
    return _kept(page("statistics/accessibility.html", contact=choices().accessibility_contact))


def _years() -> list[Period]:
    if not choices().publishes_statistics:
        abort(404)
    return published_years(db.session(), today=today())


def _asked(key: str, years: list[Period]) -> Period:
    return year_asked(key, years) or abort(404)


def _year_page(year: Period, years: list[Period]) -> Response:
    found = figures_to_publish(db.session(), year, as_of=today())
    made = figures_file(found)
    drawings = [drawing for one in exhibits(found).values() for drawing in one.drawings]
    visits = found.now.visits
    return page(
        "statistics/show.html",
        file=made,
        name=name_of(year),
        key=year_key(year),
        others=[(name_of(one), year_key(one)) for one in years if one != year],
        visits=visits,
        share=percent_in_words(visits.completed, visits.scheduled),
        paragraphs=summary(found.now, found.as_of),
        since=found.on_record.visits,
        laid=[laid(one) for one in exhibits_of(made, drawings)],
        said={one: (defined.name, defined.words) for one, defined in made.definitions.items()},
        publishes_findings=choices().publishes_findings,
    )


def _kept(answer: Response) -> Response:
    if asking() is None:
        answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer
