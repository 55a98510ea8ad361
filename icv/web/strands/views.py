"""Other strands: what each counted in every quarter, how its checks came out, and its visits."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.strands import COUNTED, STRANDS, TITLES, quarters_until
from icv.rules.visits import VisitKind
from icv.store.strands import (
    how_many_strand_visits,
    strand_checks,
    strand_counts_of,
    strand_visits,
    terrorism_visits_of,
)
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import pages_of
from icv.web.pages import choices, page

bp = Blueprint("strands", __name__, url_prefix="/strands")

SIZE = 25
QUARTERS = 8
QUARTERS_OF_CHECKS = 4


@bp.get("/")
@needs(Action.SEE_VISITS)
def index() -> ResponseReturnValue:
    kind, session = kind_asked(), db.session()
    quarters = list(quarters_until(today(), QUARTERS))
    year = Period(quarters[QUARTERS_OF_CHECKS - 1].first, quarters[0].last)
    number, last = pages_of(how_many_strand_visits(session, kind), SIZE)
    return page(
        "strands/index.html",
        kind=kind,
        titles=TITLES,
        counted=COUNTED[kind],
        in_all={strand: how_many_strand_visits(session, strand) for strand in STRANDS},
        quarters=list(zip(quarters, strand_counts_of(session, quarters), strict=True)),
        terrorism=terrorism_visits_of(session, quarters),
        year=year,
        checks=strand_checks(session, kind, year),
        lines=strand_visits(session, kind, page=number, size=SIZE),
        number=number,
        last=last,
        today=today(),
        marking=choices().records_marking,
    )


def kind_asked() -> VisitKind:
    """The strand named in the address; record reviews where none is."""
    asked = request.args.get("kind")
    return next((strand for strand in STRANDS if strand == asked), STRANDS[0])
