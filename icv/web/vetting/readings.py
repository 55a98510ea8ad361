"""Who read one person’s vetting, from the trail."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.days import london_day, midnight
from icv.store.trail import Reading, readings_of
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import seen
from icv.web.vetting.blueprint import bp

SHOWN = timedelta(days=90)
PAGES = {
    "people.show": "The person’s record",
    "people.change_record": "Changing a record",
    "people.remove_record": "Taking back a record",
    "people.index": "The list of people",
    "people.move_several": "Moving several people",
    "people.stage": "Moving the person",
    "people.appoint": "Appointing the person",
    "people.appraisal": "The appointment",
    "people.confirm": "Confirming the appointment",
    "people.import_file": "Checking a file to import",
    "vetting.board": "The vetting board",
    "vetting.download": "The vetting board, downloaded",
    "vetting.asked": "Recording vetting for several",
    "vetting.cleared": "Recording vetting for several",
    "vetting.extend": "Extending vettings",
    "vetting.decisions": "Decisions that extended vettings",
    "cohort.show": "Who is cleared when",
    "cohort.person": "Clearance of the person",
    "record.show": "Their own record",
    "recruitment.pipeline": "The pipeline",
    "recruitment.show": "A recruitment round",
    "today.show": "Today",
}
"""What the pages are called here; of any other its subject is said."""


@dataclass(frozen=True, slots=True)
class ReadOn:
    """One reader's readings of one page on one day."""

    on: date
    by: str
    page: str
    times: int


@bp.get("/<int:person_id>/readings")
@needs(Action.SEE_PEOPLE)
def readings(person_id: int) -> ResponseReturnValue:
    person, since = seen(person_id), today() - SHOWN
    found = readings_of(db.session(), person_id, midnight(since))
    return page(
        "vetting/readings.html",
        person=person,
        since=since,
        own=_gathered([one for one in found if not one.is_list]),
        lists=_gathered([one for one in found if one.is_list]),
        marking=choices().records_marking,
    )


def _gathered(found: list[Reading]) -> list[ReadOn]:
    """The latest day first, within it in the order of the readings, the latest first."""
    times = Counter((london_day(one.at), one.by, _page(one.page)) for one in found)
    return [ReadOn(on, by, where, number) for (on, by, where), number in times.items()]


def _page(endpoint: str) -> str:
    subject = endpoint.partition(".")[0]
    return PAGES.get(endpoint) or (f"A page of “{subject}”" if subject else "Page not recorded")
