"""The own record, and changing the own telephone number."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.clearance import clearance
from icv.rules.records import AgreementFacts, CardFacts, TermFacts, TrainingFacts, VettingFacts
from icv.services import people as desk
from icv.store import people
from icv.store.visiting import visits_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import seen
from icv.web.record.forms import PhoneForm
from icv.web.refusals import told_in

MOST_VISITS = 12

bp = Blueprint("record", __name__, url_prefix="/record")


@bp.get("/")
@needs(Action.SEE_OWN_RECORD)
def show() -> ResponseReturnValue:
    person, session = seen(_own_id()), db.session()
    standing = people.standings(session, [person.id])[person.id]
    return page(
        "record/show.html",
        person=person,
        clearance=clearance(standing, today(), choices().clearance_needs),
        steps=[step for step in people.timeline(session, person.id) if not (step.corrects or step.is_undone)],
        vettings=people.records_kept(session, person.id, VettingFacts),
        trainings=people.records_kept(session, person.id, TrainingFacts),
        terms=people.records_kept(session, person.id, TermFacts),
        agreements=people.records_kept(session, person.id, AgreementFacts),
        cards=people.records_kept(session, person.id, CardFacts),
        visiting=visits_of(session, person.id, today()),
        most_visits=MOST_VISITS,
        expected=choices().expected_visits_a_year,
        marking=choices().records_marking,
    )


@bp.route("/phone", methods=["GET", "POST"])
@needs(Action.CHANGE_OWN_CONTACT)
def phone() -> ResponseReturnValue:
    form = PhoneForm(phone=seen(_own_id()).phone)
    if form.validate_on_submit():
        with told_in(form):
            desk.change_own_phone(db.session(), form.phone.data or "", by=current_user.actor, at=now())
            db.session.commit()
            flash("Your telephone number is changed.")
            return redirect(url_for("record.show"))
    return page("record/phone.html", form=form, marking=choices().records_marking)


def _own_id() -> int:
    return current_user.actor.person_id or abort(404)
