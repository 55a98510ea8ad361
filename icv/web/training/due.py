"""Who lacks which course, or whose runs out."""

from flask import abort
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.courses import CourseKind
from icv.store.courses import courses_offered
from icv.store.training import course_standings, sessions_open
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked, pages_of
from icv.web.pages import choices, page
from icv.web.training.blueprint import MOST_ROWS, bp

FEW = 15
"""Of each course so many are shown on the page of all courses."""


@bp.get("/training/due")
@needs(Action.RUN_TRAINING)
def due() -> ResponseReturnValue:
    wanted = [one for one in courses_offered(db.session()) if one.kind is not CourseKind.OTHER]
    asked = number_asked("course")
    shown = [one for one in wanted if asked in {None, one.id}] if wanted else []
    if asked is not None and not shown:
        abort(404)
    warning_days = choices().expiry_warning_days
    standings = course_standings(db.session(), shown, now(), today(), warning_days)
    most = FEW if asked is None else MOST_ROWS
    number, last = pages_of(len(standings[0].needing) if asked is not None else 0, most)
    return page(
        "training/due.html",
        standings=standings,
        one=shown[0] if asked is not None else None,
        coming=[one for one in sessions_open(db.session()) if one.starts_at > now()],
        first=(number - 1) * most,
        most=most,
        number=number,
        last=last,
        warning_days=warning_days,
        marking=choices().records_marking,
    )
