"""The figures of a period as the panel reads them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.pictures import completion_bars, coverage_grid, funnel_bars
from icv.rules.access import Action, Role
from icv.rules.days import WEEKDAYS, Period
from icv.rules.figures import Figures, SuiteFigures, change_in_points, definitions, points_in_words, previous
from icv.rules.figures.periods import latest_cycle, months_to_choose, read_period, usual_periods
from icv.rules.scheme import Choices
from icv.rules.suppression import suppress
from icv.rules.words import summary
from icv.store.figures import earliest_week, figures
from icv.store.scheme import choices_on
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import page

MOST_PICTURES = 6
"""Of so many suites the timeslots are all drawn; of more, those of the one asked for."""

bp = Blueprint("panel", __name__, url_prefix="/panel")


@bp.get("/")
@needs(Action.SEE_FIGURES)
def show() -> ResponseReturnValue:
    fault = None
    try:
        period = read_period(
            request.args.get("from"),
            request.args.get("to"),
            any_days=_is_coordinator(),
            today=today(),
        )
    except ValueError as refusal:
        fault, period = str(refusal), latest_cycle(today())
    return page(
        "panel/show.html",
        status=422 if fault else 200,
        fault=fault,
        chosen=_months_with(months_to_choose(earliest_week(db.session()), today())),
        usual=usual_periods(period, today()),
        **_shown(period),
    )


def _is_coordinator() -> bool:
    return Role.COORDINATOR in current_user.actor.roles


def _shown(period: Period) -> dict[str, Any]:
    choices = choices_on(db.session(), period.last)
    now = figures(db.session(), period, as_of=today(), choices=choices)
    before = figures(db.session(), previous(period), as_of=today(), choices=choices)
    threshold = 0 if _is_coordinator() else choices.suppression_threshold
    return {
        "period": period,
        "figures": now,
        "before": before,
        "change": points_in_words(
            change_in_points(now.visits.completion_percent, before.visits.completion_percent)
        ),
        "paragraphs": summary(now),
        "said": definitions(choices),
        "not_completed": _not_completed(now),
        "categories": suppress(now.findings.by_category, threshold).cells,
        "threshold": threshold,
        "completion_picture": completion_bars(
            [(suite.suite, suite.completed, suite.scheduled) for suite in now.suites if suite.scheduled]
        ),
        "coverage": [_coverage(number, suite, choices) for number, suite in enumerate(_drawn(now.suites))],
        "suites_to_choose": [suite.suite for suite in now.suites] if len(now.suites) > MOST_PICTURES else [],
        "grid": choices.grid,
        "days": WEEKDAYS,
        "recruitment_picture": funnel_bars(
            [
                ("Applications", now.volunteers.applications, None),
                ("In vetting", now.volunteers.in_vetting, None),
                ("In training", now.volunteers.in_training, None),
                ("Projected cohort", now.volunteers.projected, None),
            ]
        ),
    }


def _months_with(months: list[tuple[str, str]]) -> Callable[[date], list[dict[str, object]]]:
    """For a day, the months as choices with that day's month chosen."""
    return lambda day: [
        {"value": value, "text": words, "selected": value == f"{day:%Y-%m}"} for value, words in months
    ]


def _not_completed(found: Figures) -> list[tuple[str, int, str]]:
    """Why scheduled visits were not completed: the reasons, how many, and what each means; they add up."""
    visits = found.visits
    rest = visits.scheduled - visits.completed - visits.missed - visits.overdue_report - visits.cancelled_late
    reasons = [
        ("Did not happen", visits.missed, "visits.missed"),
        ("Cancelled once the week had begun", visits.cancelled_late, "visits.cancelled_late"),
        ("No report yet", visits.overdue_report, "visits.overdue_report"),
        ("Broken off, refused or found closed", rest, "visits.completed"),
    ]
    return [reason for reason in reasons if reason[1]]


def _drawn(suites: tuple[SuiteFigures, ...]) -> tuple[SuiteFigures, ...]:
    """All of a few; of many the one asked for, or else the first."""
    if len(suites) <= MOST_PICTURES:
        return suites
    asked = request.args.get("suite")
    return tuple(suite for suite in suites if suite.suite == asked) or suites[:1]


def _coverage(number: int, suite: SuiteFigures, choices: Choices) -> dict[str, object]:
    counts = [
        [suite.arrivals.get((day, band), 0) for band in range(len(choices.bands))]
        for day in range(len(WEEKDAYS))
    ]
    picture = coverage_grid(counts, WEEKDAYS, choices.grid.band_names, key=f"coverage-{number}")
    return {"suite": suite, "counts": counts, "picture": picture}
