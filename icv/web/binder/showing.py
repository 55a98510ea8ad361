"""The binder on one page."""

from typing import Any

from flask.typing import ResponseReturnValue

from icv.papers.pictures import draw
from icv.rules.access import Action
from icv.rules.days import Period
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
    period, fault = _period_or_fault()
    return page(
        "binder/index.html",
        status=422 if fault else 200,
        fault=fault,
        no_award=NO_AWARD,
        offered=OFFERED,
        beginning=BEGINNING,
        marking=choices().papers_marking,
        **_chosen(period),
        **_shown(period),
    )


def _period_or_fault() -> tuple[Period, str | None]:
    """The usual one where another was asked for that cannot be, and why."""
    try:
        return period_asked(), None
    except ValueError as refusal:
        return last_twelve_months(), str(refusal)


def _chosen(period: Period) -> dict[str, Any]:
    return {
        "period": period,
        "name": name_of(period),
        "asked": as_arguments(period),
        "is_usual": period == last_twelve_months(),
        "months": periods_to_choose(PeriodKind.MONTH, earliest_week(db.session()), today()),
    }


def _shown(period: Period) -> dict[str, Any]:
    found = binder(db.session(), period, as_of=today())
    return {
        "binder": found,
        "reached": reached_in_words(found.levels),
        "picture": draw(levels_drawn(found.levels), key="levels"),
        "levels": levels_table(found.levels),
        "said": named_definitions(found.choices),
        "sources": sources(period),
    }
