"""The own record on one page."""

from collections.abc import Callable

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.activity import activity_in_words
from icv.rules.clearance import clearance
from icv.rules.own import OwnAct, OwnNeed
from icv.rules.records import AgreementFacts, CardFacts, TermFacts, TrainingFacts, VettingFacts
from icv.store import people
from icv.store.activity import own_activity
from icv.store.addresses import change_waiting
from icv.store.people.appraisals import declarations_of
from icv.store.visiting import visits_of
from icv.web.certificates import certificate_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import seen
from icv.web.readings import was_read
from icv.web.record.blueprint import bp, own_id
from icv.web.record.situation import own_needs

MOST_VISITS = 12
HREFS: dict[OwnAct, Callable[[OwnNeed], str]] = {
    OwnAct.REPORT: lambda need: url_for("reports.show", visit_id=need.number),
    OwnAct.SIGN: lambda need: url_for("record.sign"),
    OwnAct.ELIGIBILITY: lambda need: url_for("record.eligibility"),
    OwnAct.AVAILABILITY: lambda need: url_for("availability.show"),
    OwnAct.CALL: lambda need: url_for("availability.call", call_id=need.number),
}
"""Where each thing that is needed is done."""


@bp.get("/")
@needs(Action.SEE_OWN_RECORD)
def show() -> ResponseReturnValue:
    person, session = seen(own_id()), db.session()
    standing = people.standings(session, [person.id])[person.id]
    own = own_activity(session, person.id, today(), choices())
    was_read("vetting", "person", person.id)
    return page(
        "record/show.html",
        person=person,
        clearance=clearance(standing, today(), choices()),
        needed=own_needs(person, standing),
        hrefs=HREFS,
        change=change_waiting(session, current_user.actor.account_id, at=now()),
        steps=[step for step in people.timeline(session, person.id) if not (step.corrects or step.is_undone)],
        vettings=people.records_kept(session, person.id, VettingFacts),
        trainings=people.records_kept(session, person.id, TrainingFacts),
        terms=people.records_kept(session, person.id, TermFacts),
        agreements=people.records_kept(session, person.id, AgreementFacts),
        cards=people.records_kept(session, person.id, CardFacts),
        declarations=declarations_of(session, person.id),
        conflicts=people.conflicts_of(session, person.id, as_own=True),
        visiting=visits_of(session, person.id, today()),
        most_visits=MOST_VISITS,
        activity=activity_in_words(own) if own else "",
        marking=choices().records_marking,
    )


@bp.get("/certificate.pdf")
@needs(Action.SEE_OWN_RECORD)
def certificate() -> ResponseReturnValue:
    return certificate_of(seen(own_id()), url_for("record.show"))
