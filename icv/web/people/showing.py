"""One person: whether they may visit, what is needed next, and their record in outline."""

from typing import Any

from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.rules.appraisal import service_in_words
from icv.rules.clearance import clearance
from icv.rules.due import joins_on, needed_next
from icv.rules.progress import Progress
from icv.rules.records import AgreementFacts, CardFacts, TermFacts, TrainingFacts, VettingFacts
from icv.rules.stages import APPOINTED, GONE, Stage
from icv.store import people
from icv.store.probation import accompanied_visits
from icv.store.recruitment.applications import application_of
from icv.store.vetting import extensions_of
from icv.store.visiting import duties_still_held, visits_of
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.outline import Records, outline
from icv.web.readings import was_read

MOST_VISITS = 5
STEPS_SHOWN = 4


@bp.get("/<int:person_id>")
@needs(Action.SEE_PEOPLE)
def show(person_id: int) -> ResponseReturnValue:
    person, session = seen(person_id), db.session()
    progress = people.progress_of(session, [person_id])[person_id]
    stage, records = progress.standing.stage_on(today()), _records(person_id)
    was_read("vetting", "person", person_id)
    return page(
        "people/show.html",
        person=person,
        stage=stage,
        clearance=clearance(progress.standing, today(), choices()),
        needed=needed_next(progress, today(), choices()),
        joins_on=joins_on(progress.standing, today()),
        is_in_office=stage in APPOINTED,
        is_gone=stage in GONE,
        lines=list(outline(person, progress, records, choices(), today())),
        records=records,
        extensions=extensions_of(session, person_id),
        conflicts=people.conflicts_of(session, person_id),
        visiting=visits_of(session, person_id, today()),
        most_visits=MOST_VISITS,
        today=today(),
        marking=choices().records_marking,
        **_path(person_id),
        **_appointment(person, progress, stage),
    )


def _records(person_id: int) -> Records:
    session = db.session()
    return Records(
        vettings=people.records_kept(session, person_id, VettingFacts),
        trainings=people.records_kept(session, person_id, TrainingFacts),
        agreements=people.records_kept(session, person_id, AgreementFacts),
        cards=people.records_kept(session, person_id, CardFacts),
        declarations=people.declarations_of(session, person_id),
        application_id=application_of(session, person_id),
    )


def _path(person_id: int) -> dict[str, Any]:
    """The steps, and the absence they tell of with the duties held in it."""
    steps = people.timeline(db.session(), person_id)
    away = people.absence(steps, today())
    first = max(away.since or today(), today()) if away else today()
    held = duties_still_held(db.session(), person_id, first, away.returns_on) if away else []
    return {"steps": steps, "steps_shown": STEPS_SHOWN, "away": away, "held": held}


def _appointment(person: people.PersonRecord, progress: Progress, stage: Stage | None) -> dict[str, Any]:
    """Since when, for how long, and how far the probation is."""
    served = person.appointed_on and min(person.left_on or today(), today())
    return {
        "service": service_in_words(person.appointed_on, served) if person.appointed_on and served else "",
        "terms": people.records_kept(db.session(), person.id, TermFacts),
        "visits": accompanied_visits(db.session(), person.id, progress.standing)
        if stage is Stage.PROBATION
        else [],
        "visits_wanted": choices().probation_visits,
    }
