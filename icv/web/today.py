"""The coordinator's first page: what waits for a person, and three numbers."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.figures import percent
from icv.rules.figures.periods import latest_cycle
from icv.store.figures import completion
from icv.store.today import About, AtAGlance, Urgency, Waiting, at_a_glance, people_on, waiting
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.readings import was_read

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
    current = people_on(db.session(), choices(), today())
    found = waiting(db.session(), choices(), current, at=now())
    if any(one.about is About.PERSON for one in found):
        was_read("vetting", "people", None)
    glance = at_a_glance(db.session(), current, on=today())
    return page(
        "today/show.html",
        groups=[_group(urgency, list(some)) for urgency, some in groupby(found, key=lambda one: one.urgency)],
        first_steps=_first_steps(has_suites=glance.has_suites, has_visitors=glance.visiting > 0),
        tiles=_tiles(glance),
        today=today(),
        marking=choices().records_marking,
    )


def _first_steps(*, has_suites: bool, has_visitors: bool) -> list[FirstStep]:
    """What a new scheme does first, in order; nothing once it has suites and visitors."""
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


_PAGES: dict[About, tuple[str, str]] = {
    About.VISIT: ("visits.show", "visit_id"),
    About.STRAND: ("strands.visitors", "strand_id"),
    About.FINDING: ("findings.show", "finding_id"),
    About.PERSON: ("people.show", "person_id"),
    About.APPOINTMENT: ("people.appraisal", "person_id"),
    About.CALL: ("calls.show", "call_id"),
    About.COVER: ("rota.act_for", "duty_id"),
    About.AWAY: ("people.held_while_away", "person_id"),
    About.REFERENCES: ("references.show", "person_id"),
    About.ROTA: ("rota.show", "rota_id"),
    About.REBUILD: ("rota.rebuild", "rota_id"),
    About.COPIES: ("visits.copies", "visit_id"),
    About.ROUND: ("recruitment.show", "round_id"),
    About.TRAINING: ("training.show", "session_id"),
    About.PAPER: ("papers.show", "paper_id"),
}
"""The page of what waits, and what it calls its number."""


def _href(one: Waiting) -> str:
    match one.about:
        case About.APPLICATIONS:
            return url_for("people.index", stage="applied")
        case About.KNOWN_APPLICANTS:
            return url_for("applications.index")
        case About.LETTERS:
            return url_for("letters.index")
        case About.BINDER:
            return url_for("binder.index")
        case About.UNSIGNED:
            return url_for("visits.unsigned")
        case About.NEXT_ROTA:
            return url_for("rota.draw")
        case About.DRAFTS:
            return url_for("rota.beside", rota_id=one.subject_id, other_id=one.other_id)
    endpoint, number = _PAGES[one.about]
    values: dict[str, Any] = {number: one.subject_id}
    return url_for(endpoint, **values)


def _tiles(glance: AtAGlance) -> list[Tile]:
    cycle = latest_cycle(today())
    completed, scheduled = completion(db.session(), cycle, as_of=today(), choices=choices())
    share = percent(completed, scheduled)
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
