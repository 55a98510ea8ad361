"""One person on a day, and everybody on a day with the year ahead."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from icv.papers.pictures import cohort_line
from icv.rules.access import Action
from icv.rules.clearance import changes, clearance
from icv.rules.cohort import cohort_on, falls_short, needed, needed_in_words, timeline, turns
from icv.rules.days import Period, add_months, short_day
from icv.store import cohort
from icv.store.people import standings
from icv.web.clock import today
from icv.web.cohort.asked import day_form
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import seen
from icv.web.readings import was_read

MONTHS_AHEAD = 24

bp = Blueprint("cohort", __name__, url_prefix="/people")


@bp.get("/<int:person_id>/clearance")
@needs(Action.SEE_PEOPLE)
def person(person_id: int) -> ResponseReturnValue:
    whose, form = seen(person_id), day_form(today())
    standing, day = standings(db.session(), [person_id])[person_id], form.day_or(today())
    was_read("vetting", "person", person_id)
    return page(
        "cohort/person.html",
        form=form,
        person=whose,
        day=day,
        today_is=today(),
        answer=clearance(standing, day, choices()),
        changes=changes(standing, Period(day, add_months(day, MONTHS_AHEAD)), choices())[1:],
        marking=choices().records_marking,
    )


@bp.get("/clearance")
@needs(Action.SEE_PEOPLE)
def show() -> ResponseReturnValue:
    form = day_form(today())
    day = form.day_or(today())
    members = cohort.members(db.session(), min(day, today()), choices().clearance_needs)
    planned = cohort.planned_on(db.session(), today())
    weeks = timeline(members, today(), choices())
    number_needed = needed(planned.visits_a_week, choices())
    was_read("vetting", "people", None)
    return page(
        "cohort/show.html",
        form=form,
        asked=cohort_on(members, day, choices()),
        turns=turns(members, today(), day, choices()) if day != today() else None,
        weeks=weeks,
        needed=number_needed,
        short=falls_short(weeks, number_needed),
        why_needed=needed_in_words(planned.visits_a_week, planned.suites, choices()),
        picture=cohort_line([(short_day(week.on), week.cleared) for week in weeks], number_needed),
        marking=choices().records_marking,
    )
