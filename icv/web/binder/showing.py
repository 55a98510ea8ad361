"""The binder on one page."""

from flask.typing import ResponseReturnValue

from icv.papers.pictures import draw
from icv.rules.access import Action
from icv.rules.figures.periods import PeriodKind, name_of, periods_to_choose
from icv.rules.paper.naming import named_definitions
from icv.rules.quality import BEGINNING, reached_in_words
from icv.services.quality import NO_AWARD, levels_drawn, levels_table
from icv.store.figures import earliest_week
from icv.store.quality import binder
from icv.web.binder.blueprint import bp, last_twelve_months, period_asked, sources
from icv.web.binder.downloads import OFFERED
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.panel.leading import as_arguments


@bp.get("/")
@needs(Action.KEEP_BINDER)
def index() -> ResponseReturnValue:
    fault = None
    try:
        period = period_asked()
    except ValueError as refusal:
        fault, period = str(refusal), last_twelve_months()
    found = binder(db.session(), period, as_of=today())
    return page(
        "binder/index.html",
        status=422 if fault else 200,
        fault=fault,
        period=period,
        asked=as_arguments(period),
        is_usual=period == last_twelve_months(),
        name=name_of(period),
        months=periods_to_choose(PeriodKind.MONTH, earliest_week(db.session()), today()),
        binder=found,
        reached=reached_in_words(found.levels),
        no_award=NO_AWARD,
        picture=draw(levels_drawn(found.levels), key="levels"),
        levels=levels_table(found.levels),
        said=named_definitions(found.choices),
        offered=OFFERED,
        sources=sources(period),
        beginning=BEGINNING,
        marking=choices().papers_marking,
    )
