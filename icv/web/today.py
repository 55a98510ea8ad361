"""The coordinator's first page: what waits for a person, and three numbers."""

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.figures import percent
from icv.store.figures import completion
from icv.store.suites import suite_names
from icv.store.today import About, Urgency, Visitor, Waiting, at_a_glance, visitors_on, waiting
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.panel.periods import latest_cycle

MOST_LINES = 100

bp = Blueprint("today", __name__, url_prefix="/today")


@dataclass(frozen=True, slots=True)
class Tile:
    value: str
    label: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    title: str
    href: str
    status: str
    hint: str = ""


IMPORT = (
    "Many who visit already come in faster from a spreadsheet: whoever runs this service can use icv import"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one urgency and where each leads; `total` counts those beyond what is shown too."""

    title: str
    lines: list[tuple[Waiting, str]]
    total: int


@bp.get("/")
@needs(Action.SEE_TODAY)
def show() -> ResponseReturnValue:
    visitors = visitors_on(db.session(), choices(), today())
    found = waiting(db.session(), choices(), visitors, on=today())
    return page(
        "today/show.html",
        groups=[_group(urgency, list(some)) for urgency, some in groupby(found, key=lambda one: one.urgency)],
        first_steps=_first_steps(has_visitors=bool(visitors)),
        tiles=_tiles(visitors),
        today=today(),
        marking=choices().records_marking,
    )


def _first_steps(*, has_visitors: bool) -> list[FirstStep]:
    """What a new scheme does first, in order; nothing once it has suites and visitors."""
    has_suites = bool(suite_names(db.session()))
    if has_suites and has_visitors:
        return []
    done = {True: "Done", False: "To do"}
    return [
        FirstStep("Look through the scheme’s own choices", url_for("settings.show"), ""),
        FirstStep("Add your custody suites", url_for("settings.suites"), done[has_suites]),
        FirstStep("Add your visitors", url_for("people.add"), done[has_visitors], IMPORT),
        FirstStep("Give them a way in", url_for("access.index"), ""),
        FirstStep("Draw the first rota", url_for("rota.draw"), ""),
    ]


def _group(urgency: Urgency, lines: list[Waiting]) -> Group:
    return Group(urgency.value, [(one, _href(one)) for one in lines[:MOST_LINES]], len(lines))


def _href(one: Waiting) -> str:
    match one.about:
        case About.VISIT:
            return url_for("visits.show", visit_id=one.subject_id)
        case About.FINDING:
            return url_for("findings.show", finding_id=one.subject_id)
        case About.PERSON:
            return url_for("people.show", person_id=one.subject_id)
        case About.ROTA:
            return url_for("rota.show", rota_id=one.subject_id)
        case About.APPLICATIONS:
            return url_for("people.index", stage="applied")
        case About.LETTERS:
            return url_for("letters.index")


def _tiles(visitors: list[Visitor]) -> list[Tile]:
    cycle = latest_cycle(today())
    completed, scheduled = completion(db.session(), cycle, as_of=today(), choices=choices())
    share = percent(completed, scheduled)
    glance = at_a_glance(db.session(), visitors, on=today())
    return [
        Tile(
            "–" if share is None else f"{share:.1f}%",
            "completed in the last two months",
            f"{completed} of {scheduled}",
            url_for("panel.show"),
        ),
        Tile(
            str(glance.visits_done),
            "visits recorded this week",
            f"{glance.visits_done} of {glance.visits_this_week}",
            url_for("visits.index"),
        ),
        Tile(
            str(glance.cleared),
            "visitors cleared today",
            f"{glance.cleared} of {glance.visiting}",
            url_for("people.index"),
        ),
    ]
